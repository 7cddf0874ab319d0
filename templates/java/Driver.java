import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles and runs the snippets of a list: {@code java Driver LIST}. */
public class Driver extends Batch {
  private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
  private final StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);

  private Driver() {
    super("Main");
  }

  public static void main(String[] args) throws Exception {
    new Driver().run(args[0]);
  }

  @Override
  boolean compile(List<Path> sources, Path classes, PrintStream messages) {
    String path = System.getProperty("java.class.path");
    List<String> options = List.of("-d", classes.toString(), "-cp", path, "-Xlint:all", "-Werror");
    PrintWriter writer = new PrintWriter(messages, true);
    return compiler
        .getTask(writer, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
        .call();
  }
}
