namespace ClariBI.Sandbox.Data;

/// <summary>The data folder cannot be served. The message is all a user needs: it names the file and the field.</summary>
internal sealed class DataFolderException(string message) : Exception(message);
