using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

// Compiles and runs snippets in one process: Driver LIST.
//
// LIST has a line for each snippet: folder, file and two more fields, with tabs between. Beside each snippet
// the files exit, stdout and stderr are left. A compiler warning is an error.
static class Driver
{
    const int SnippetLimitMilliseconds = 15000;

    // What a project of the SDK imports: https://learn.microsoft.com/dotnet/core/project-sdk/overview#implicit-using-directives
    const string ImplicitUsings =
        "global using System; global using System.Collections.Generic; global using System.IO;"
        + "global using System.Linq; global using System.Net.Http; global using System.Threading;"
        + "global using System.Threading.Tasks;";

    static int Main(string[] args)
    {
        var references = PlatformAssemblies().Select(Reference).ToArray();
        foreach (var line in File.ReadAllLines(args[0]))
        {
            var folderEnd = line.IndexOf('\t');
            var fileEnd = line.IndexOf('\t', folderEnd + 1);
            var file = line.Substring(folderEnd + 1, fileEnd - folderEnd - 1);
            Run(line.Substring(0, folderEnd), file, references);
        }
        return 0;
    }

    static IEnumerable<string> PlatformAssemblies()
    {
        var core = typeof(object).Assembly.Location;
        var folder = core.Substring(0, core.LastIndexOf('/'));
        return Directory.GetFiles(folder, "System*.dll");
    }

    static MetadataReference Reference(string path)
    {
        return MetadataReference.CreateFromFile(path);
    }

    static void Run(string folder, string file, MetadataReference[] references)
    {
        Directory.SetCurrentDirectory(folder);
        var stdout = new StringWriter();
        var messages = new List<string>();
        var exit = 1;
        var image = Compile(File.ReadAllText(file), references, messages);
        if (image != null)
        {
            var console = Console.Out;
            Console.SetOut(stdout);
            var thread = new Thread(() => exit = Call(image, messages)) { IsBackground = true };
            thread.Start();
            if (!thread.Join(SnippetLimitMilliseconds))
            {
                messages.Add("still running");
            }
            Console.SetOut(console);
        }
        File.WriteAllText("stdout", stdout.ToString());
        File.WriteAllText("stderr", string.Join("\n", messages));
        File.WriteAllText("exit", exit.ToString());
    }

    static byte[] Compile(string code, MetadataReference[] references, List<string> messages)
    {
        var parse = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest);
        var options = new CSharpCompilationOptions(OutputKind.ConsoleApplication)
            .WithGeneralDiagnosticOption(ReportDiagnostic.Error)
            .WithNullableContextOptions(NullableContextOptions.Enable);
        var trees = new[]
        {
            CSharpSyntaxTree.ParseText(code, parse),
            CSharpSyntaxTree.ParseText(ImplicitUsings, parse),
        };
        var compilation = CSharpCompilation.Create("snippet", trees, references, options);
        var image = new MemoryStream();
        var result = compilation.Emit(image);
        foreach (var diagnostic in result.Diagnostics)
        {
            // A hidden diagnostic is for editors: an import that is not needed, say.
            if (diagnostic.Severity != DiagnosticSeverity.Hidden)
            {
                messages.Add(diagnostic.ToString());
            }
        }
        return result.Success ? image.ToArray() : null;
    }

    static int Call(byte[] image, List<string> messages)
    {
        try
        {
            var context = new AssemblyLoadContext("snippet", true);
            var main = context.LoadFromStream(new MemoryStream(image)).EntryPoint;
            main.Invoke(null, main.GetParameters().Length == 0 ? null : new object[] { new string[0] });
            return 0;
        }
        catch (TargetInvocationException wrapped)
        {
            messages.Add(wrapped.InnerException.ToString());
            return 1;
        }
        catch (Exception error)
        {
            messages.Add(error.ToString());
            return 1;
        }
    }
}
