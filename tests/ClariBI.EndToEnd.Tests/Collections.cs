using Xunit;

namespace ClariBI.EndToEnd.Tests;

/// <summary>One product, one sandbox with its switches for faults: the classes take turns.</summary>
[CollectionDefinition("product", DisableParallelization = true)]
public sealed class ProductCollection;
