namespace ClariBI.Sandbox.Data.Generation.Media;

/// <summary>A and B index the vocabulary of the kind.</summary>
internal readonly record struct MediaEvent(long Ticks, long Session, int User, EventKind Kind, byte Device, byte Plan, bool SignedUp, short A, short B, short Number);
