using Complaints.Language;

namespace Complaints.FollowUp;

/// <summary>What is marked.</summary>
public enum Dimension
{
    [Words("Skill", "服务技能")]
    Skill = 0,

    [Words("Attitude", "服务态度")]
    Attitude = 1,

    [Words("Timeliness", "服务及时性")]
    Timeliness = 2,

    [Words("Parts and supplies", "配件供应")]
    Parts = 3,

    [Words("Overall", "服务综合")]
    Overall = 4,
}

/// <summary>The five marks, 1 to 5; null where not given or not applicable.</summary>
/// <param name="Skill">服务技能</param>
/// <param name="Attitude">服务态度</param>
/// <param name="Timeliness">服务及时性</param>
/// <param name="Parts">配件供应; often does not apply.</param>
/// <param name="Overall">服务综合</param>
public sealed record Marks(int? Skill = null, int? Attitude = null, int? Timeliness = null, int? Parts = null, int? Overall = null)
{
    /// <summary>The mark of one dimension.</summary>
    public int? this[Dimension dimension] =>
        dimension switch
        {
            Dimension.Skill => Skill,
            Dimension.Attitude => Attitude,
            Dimension.Timeliness => Timeliness,
            Dimension.Parts => Parts,
            _ => Overall,
        };

    /// <summary>Those that were given, in the order of the form.</summary>
    public IReadOnlyList<int> Given => [.. new[] { Skill, Attitude, Timeliness, Parts, Overall }.OfType<int>()];
}

/// <summary>What an answer amounts to.</summary>
/// <param name="Result">The verdict.</param>
/// <param name="Mean">Mean of the marks given; null when none was.</param>
/// <param name="Vetoed">A mark of 1 decided it.</param>
public sealed record Reading(Satisfaction Result, double? Mean, bool Vetoed);

/// <summary>
/// Reads an answer: not solved, any mark of 1 (one-vote veto, 一票否决) or a mean below 3 is dissatisfied; solved with a
/// mean of 4 or more is satisfied; the rest is between. Solved without a single mark is between too: satisfied takes a
/// mean, and a lead's glance costs less than praise that nobody gave. Pure.
/// </summary>
public static class ReadAnswer
{
    /// <summary>Reads it.</summary>
    public static Reading Read(bool solved, Marks marks)
    {
        var given = marks.Given;
        double? mean = given.Count == 0 ? null : given.Average();
        var veto = given.Contains(1);
        var result =
            !solved || veto || mean < 3 ? Satisfaction.Dissatisfied
            : mean >= 4 ? Satisfaction.Satisfied
            : Satisfaction.Between;
        return new Reading(result, mean, veto);
    }
}
