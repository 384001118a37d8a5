using Complaints.Casework;
using Complaints.Language;
using Complaints.Tests.World;

namespace Complaints.Tests.Casework;

public sealed class LifecycleTests
{
    public static TheoryData<State, Verb> EveryPair
    {
        get
        {
            var pairs = new TheoryData<State, Verb>();
            foreach (var state in Enum.GetValues<State>())
            {
                foreach (var verb in Enum.GetValues<Verb>())
                {
                    pairs.Add(state, verb);
                }
            }

            return pairs;
        }
    }

    [Theory, MemberData(nameof(EveryPair))]
    public void A_step_leads_where_the_table_says_or_is_refused_naming_what_is_open(State state, Verb verb)
    {
        var complaint = PureDesk.In(state);
        var now = PureDesk.Start.AddMinutes(5);
        var row = Lifecycle.Table.SingleOrDefault(t => t.From == state && t.Verb == verb);
        var before = complaint.TimelineCount;
        if (row is not null)
        {
            if (verb == Verb.DismissAsNoComplaint)
            {
                complaint.ProposeDismissal(PureDesk.Agent, now, "A question only");
            }

            PureDesk.Do(complaint, verb, now);
            Assert.Equal(row.To, complaint.State);
            Assert.True(complaint.TimelineCount > before);
            Assert.Equal(Lifecycle.IsOpen(row.To), complaint.IsOpen);
            return;
        }

        var refused = Assert.Throws<StepRefused>(() => PureDesk.Do(complaint, verb, now));
        foreach (var open in Lifecycle.Open(state))
        {
            Assert.Contains(Tongue.Name(Tongue.English, open), refused.Message);
        }

        Assert.Equal(state, complaint.State);
        Assert.Equal(before, complaint.TimelineCount);
    }

    [Fact]
    public void No_complaint_is_for_team_leads_and_needs_a_second_person()
    {
        var complaint = PureDesk.Logged();
        Assert.Throws<StepRefused>(() => complaint.SetBeside(Verb.DismissAsNoComplaint, PureDesk.Agent, PureDesk.Start, "Because"));
        Assert.Throws<Refusal>(() => complaint.SetBeside(Verb.DismissAsNoComplaint, PureDesk.Lead, PureDesk.Start, "Because"));
        complaint.ProposeDismissal(PureDesk.Lead, PureDesk.Start, "A question only");
        Assert.Throws<Refusal>(() => complaint.SetBeside(Verb.DismissAsNoComplaint, PureDesk.Lead, PureDesk.Start, "Because"));
        complaint.SetBeside(Verb.DismissAsNoComplaint, PureDesk.OtherLead, PureDesk.Start, "Agreed");
        Assert.Equal(State.NotAComplaint, complaint.State);
    }

    [Fact]
    public void The_picture_in_the_readme_is_the_table()
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        var from = readme.IndexOf("<!-- lifecycle -->", StringComparison.Ordinal);
        var to = readme.IndexOf("<!-- /lifecycle -->", StringComparison.Ordinal);
        Assert.True(from >= 0 && to > from, "README.md has no <!-- lifecycle --> … <!-- /lifecycle --> block.");
        Assert.Equal($"<!-- lifecycle -->\n```mermaid\n{Lifecycle.Mermaid()}```\n", readme[from..to]);
    }
}
