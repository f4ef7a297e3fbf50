using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
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
                if (context.JsonTypeInfo.ElementType == typeof(Cell))
                {
                    schema.Items = new OpenApiSchema { Type = JsonSchemaType.String | JsonSchemaType.Number | JsonSchemaType.Null };
                }
                else if (context.JsonTypeInfo.Type == typeof(JsonObject))
                {
                    schema.Type = JsonSchemaType.Object;
                    schema.AdditionalPropertiesAllowed = true;
                }
                else
                {
                    LeaveOutNulls(schema, context.JsonTypeInfo);
                }

                return Task.CompletedTask;
            });
        });
        return builder;
    }

    /// <summary>What is null is left out of an answer, so it is not required of one.</summary>
    private static void LeaveOutNulls(OpenApiSchema schema, JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(property => property.IsGetNullable))
        {
            if (property.AssociatedParameter?.AttributeProvider?.IsDefined(typeof(RequiredAttribute), inherit: true) != true)
            {
                schema.Required?.Remove(property.Name);
            }
        }
    }

    internal static void MapServiceDocuments(this WebApplication app) => app.MapOpenApi().AllowAnonymous();
}
