namespace ClariBI.Sandbox.Query.Retentions;

internal sealed record RetentionQuery(
    string Name, DateRange Range, Segment[] Segments, GroupKey[] GroupBy, EventRef Start, EventRef[] Returns, RetentionMethod Method, (int From, int Until)[] Brackets)
    : ChartQuery(Name, Range, Segments, GroupBy);

internal enum RetentionMethod
{
    NDay, Rolling, Bracket,
}
