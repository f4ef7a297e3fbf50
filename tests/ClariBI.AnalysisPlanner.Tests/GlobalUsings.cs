global using ClariBI.Testing;
global using Shouldly;
global using Xunit;
