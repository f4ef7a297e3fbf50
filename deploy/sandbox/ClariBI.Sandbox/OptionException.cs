namespace ClariBI.Sandbox;

/// <summary>An option is wrong. The message is all a user needs: it names the option and what it takes.</summary>
internal sealed class OptionException(string message) : Exception(message);
