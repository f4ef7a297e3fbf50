using ClariBI.Evaluation.Grading;
using ClariBI.Evaluation.Questions;

namespace ClariBI.Evaluation.Reporting;

internal sealed record Graded(Question Question, Reply Reply, Verdict Verdict);
