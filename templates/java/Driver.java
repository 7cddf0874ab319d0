import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Compiles and runs snippets in one virtual machine: {@code java Driver LIST}.
 *
 * <p>LIST has a line for each snippet: folder, file and origin, with tabs between. Beside each
 * snippet the files {@code exit}, {@code stdout} and {@code stderr} are left. A compiler warning is
 * an error.
 */
public class Driver {
  private static final long SNIPPET_LIMIT_MILLIS = 15_000;

  /** No reason for a machine of its own; {@code secret.txt} also lies where this one runs. */
  private static final Set<String> OWN_FILES =
      Set.of("classes", "exit", "stdout", "stderr", "secret.txt");

  private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
  private final StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);

  public static void main(String[] args) throws Exception {
    Driver driver = new Driver();
    for (String line : Files.readAllLines(Path.of(args[0]))) {
      String[] fields = line.split("\t");
      driver.run(Path.of(fields[0]), fields[1]);
    }
    System.exit(0);
  }

  private void run(Path folder, String file) throws Exception {
    Path classes = Files.createDirectory(folder.resolve("classes"));
    Path source = folder.resolve(file);
    StringWriter messages = new StringWriter();
    if (!compile(source, classes, messages)) {
      finish(folder, 1, "", messages.toString());
    } else if (wantsOwnMachine(folder, source)) {
      runApart(folder, classes);
    } else {
      runHere(folder, classes);
    }
  }

  private boolean compile(Path source, Path classes, StringWriter messages) {
    List<String> options =
        List.of(
            "-d",
            classes.toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "-Xlint:all",
            "-Werror");
    return compiler
        .getTask(messages, files, null, options, null, files.getJavaFileObjects(source))
        .call();
  }

  /** A file next to the snippet is found from its folder; some properties are read only once. */
  private static boolean wantsOwnMachine(Path folder, Path source) throws IOException {
    if (Files.readString(source).contains("System.setProperty(")) {
      return true;
    }
    try (Stream<Path> siblings = Files.list(folder)) {
      return siblings.anyMatch(
          path -> !path.equals(source) && !OWN_FILES.contains(path.getFileName().toString()));
    }
  }

  private static void runApart(Path folder, Path classes) throws Exception {
    String path = classes + File.pathSeparator + System.getProperty("java.class.path");
    Process process =
        new ProcessBuilder("java", "-XX:TieredStopAtLevel=1", "-cp", path, "Main")
            .directory(folder.toFile())
            .redirectOutput(folder.resolve("stdout").toFile())
            .redirectError(folder.resolve("stderr").toFile())
            .start();
    process.getOutputStream().close();
    Files.writeString(folder.resolve("exit"), Integer.toString(process.waitFor()));
  }

  private static void runHere(Path folder, Path classes) throws Exception {
    PrintStream stdout = System.out;
    PrintStream stderr = System.err;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int[] exit = {1};
    try (URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
      System.setOut(new PrintStream(out, true));
      System.setErr(new PrintStream(err, true));
      Thread thread = new Thread(() -> exit[0] = callMain(loader));
      thread.setDaemon(true);
      thread.start();
      thread.join(SNIPPET_LIMIT_MILLIS);
      if (thread.isAlive()) {
        System.err.println("still running after " + SNIPPET_LIMIT_MILLIS / 1000 + " s");
      }
    } finally {
      System.setOut(stdout);
      System.setErr(stderr);
    }
    finish(folder, exit[0], out.toString(), err.toString());
  }

  private static int callMain(ClassLoader loader) {
    try {
      Class<?> main = Class.forName("Main", true, loader);
      main.getMethod("main", String[].class).invoke(null, (Object) new String[0]);
      return 0;
    } catch (InvocationTargetException wrapped) {
      wrapped.getCause().printStackTrace();
      return 1;
    } catch (Throwable error) {
      error.printStackTrace();
      return 1;
    }
  }

  private static void finish(Path folder, int exit, String out, String err) throws IOException {
    Files.writeString(folder.resolve("stdout"), out);
    Files.writeString(folder.resolve("stderr"), err);
    Files.writeString(folder.resolve("exit"), Integer.toString(exit));
  }
}
