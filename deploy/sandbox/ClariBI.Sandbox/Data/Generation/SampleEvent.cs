namespace ClariBI.Sandbox.Data.Generation;

/// <summary>
/// One event, small enough that a million fit in memory while they are sorted. Sent is when the device handed it over: the order of the file.
/// Who indexes the people of the log, From and Length say where its properties are.
/// </summary>
internal readonly record struct SampleEvent(long Ticks, long Sent, long Session, int User, int Who, int From, short Length, short Kind);
