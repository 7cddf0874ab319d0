import dotty.tools.dotc.interfaces.CompilerCallback;
import dotty.tools.dotc.interfaces.SimpleReporter;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Compiles and runs the snippets of a list: {@code java Driver LIST}. */
public class Driver extends Batch {
  private Driver() {
    super("main");
  }

  public static void main(String[] args) throws Exception {
    new Driver().run(args[0]);
  }

  /** Scala's {@code println} keeps the stream that was the system's when it was first called. */
  @Override
  void redirect(PrintStream out, PrintStream err, Runnable code) {
    scala.Function0<Void> run =
        () -> {
          code.run();
          return null;
        };
    scala.Console.withOut(out, () -> scala.Console.withErr(err, run));
  }

  @Override
  boolean compile(List<Path> sources, Path classes, PrintStream messages) {
    List<String> options = new ArrayList<>();
    options.addAll(List.of("-classpath", System.getProperty("java.class.path")));
    options.addAll(List.of("-d", classes.toString(), "-Werror", "-deprecation"));
    sources.forEach(source -> options.add(source.toString()));
    SimpleReporter reporter = diagnostic -> messages.println(diagnostic.message());
    CompilerCallback callback = new CompilerCallback() {};
    String[] arguments = options.toArray(String[]::new);
    return !dotty.tools.dotc.Main.process(arguments, reporter, callback).hasErrors();
  }
}
