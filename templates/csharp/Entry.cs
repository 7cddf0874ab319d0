using System;
using System.Reflection;
using System.Threading.Tasks;

// The compiler at hand knows no asynchronous entry point (C# 7.1), so this is one for it.
static class Entry
{
    static int Main()
    {
        const BindingFlags Own = BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public;
        var main = typeof(Program).GetMethod("Main", Own);
        ((Task)main.Invoke(null, null)).GetAwaiter().GetResult();
        return 0;
    }
}
