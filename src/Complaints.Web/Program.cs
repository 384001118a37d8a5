using Complaints.Language;
using Complaints.Web.Operation;

Tongue.Learn(typeof(Program).Assembly);
return await Commands.RunAsync(args);

/// <summary>The one program: serves pages, runs background work and is the command line.</summary>
public partial class Program;
