import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jetbrains.kotlin.cli.common.ExitCode;
import org.jetbrains.kotlin.cli.jvm.K2JVMCompiler;

/** Compiles and runs the snippets of a list: {@code java Driver LIST}. */
public class Driver extends Batch {
  private final K2JVMCompiler compiler = new K2JVMCompiler();

  private Driver() {
    super("MainKt");
  }

  public static void main(String[] args) throws Exception {
    // The compiler keeps what it has loaded between two calls.
    System.setProperty("kotlin.environment.keepalive", "true");
    new Driver().run(args[0]);
  }

  @Override
  boolean compile(List<Path> sources, Path classes, PrintStream messages) {
    List<String> options = new ArrayList<>();
    options.addAll(List.of("-no-stdlib", "-no-reflect", "-jvm-target", "17", "-Werror"));
    options.addAll(List.of("-cp", System.getProperty("java.class.path")));
    options.addAll(List.of("-d", classes.toString()));
    sources.forEach(source -> options.add(source.toString()));
    return compiler.exec(messages, options.toArray(String[]::new)) == ExitCode.OK;
  }
}
