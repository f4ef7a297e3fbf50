using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ClariBI.ServiceDefaults.Internal;

internal static class InternalExtensions
{
    public static void AddInternalKey(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<InternalOptions>().BindConfiguration(InternalOptions.SectionName).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<InternalOptions>, InternalOptionsValidator>();
        builder.Services.AddSingleton<InternalKey>();
        builder.Services.AddSingleton<ServiceProofs>();
    }
}
