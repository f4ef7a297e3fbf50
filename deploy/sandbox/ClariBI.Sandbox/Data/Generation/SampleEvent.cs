namespace ClariBI.Sandbox.Data.Generation;

/// <summary>One event, small enough that a million fit in memory while they are sorted. A and B index the vocabulary of the kind.</summary>
internal readonly record struct SampleEvent(long Ticks, long Session, int User, EventKind Kind, byte Device, byte Plan, bool SignedUp, short A, short B, short Number);
