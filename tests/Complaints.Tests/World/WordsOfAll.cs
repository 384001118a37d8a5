using System.Runtime.CompilerServices;
using Complaints.Language;
using Complaints.Web.Operation;

namespace Complaints.Tests.World;

/// <summary>The words of both assemblies are there for every test, whichever runs first and whether or not it opens a house.</summary>
internal static class WordsOfAll
{
    [ModuleInitializer]
    internal static void Learn() => Tongue.Learn(typeof(RunCommand).Assembly);
}
