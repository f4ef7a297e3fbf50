using System.Text.Json.Nodes;
using ClariBI.Contracts.AnalysisPlanner;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace ClariBI.ServiceDefaults.OpenApi;

/// <summary>One OpenAPI document per service, at <c>/openapi/{service}.json</c>, of the endpoints in its group.</summary>
public static class ServiceDocuments
{
    /// <summary>Describes the endpoints whose group name is <paramref name="service"/>.</summary>
    public static WebApplicationBuilder AddServiceDocument(this WebApplicationBuilder builder, string service)
    {
        builder.Services.AddOpenApi(service, document =>
        {
            document.ShouldInclude = description => description.GroupName == service;
            document.AddDocumentTransformer((description, _, _) =>
            {
                description.Info = new OpenApiInfo { Title = $"ClariBI {service}", Version = "1" };
                description.Servers = [];
                return Task.CompletedTask;
            });
            document.AddSchemaTransformer((schema, context, _) =>
            {
                if (context.JsonTypeInfo.Type == typeof(Cell))
                {
                    schema.Type = JsonSchemaType.String | JsonSchemaType.Number | JsonSchemaType.Null;
                }
                else if (context.JsonTypeInfo.Type == typeof(JsonObject))
                {
                    schema.Type = JsonSchemaType.Object;
                    schema.AdditionalPropertiesAllowed = true;
                }

                return Task.CompletedTask;
            });
        });
        return builder;
    }

    internal static void MapServiceDocuments(this WebApplication app) => app.MapOpenApi().AllowAnonymous();
}
