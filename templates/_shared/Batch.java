import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Compiles and runs snippets in one virtual machine. What compiles them, a language's driver says.
 *
 * <p>The list has a line for each snippet: folder, file, origin and the number of files that it
 * reads, with tabs between. Beside each snippet the files {@code exit}, {@code stdout} and {@code
 * stderr} are left.
 */
abstract class Batch {
  private static final long SNIPPET_LIMIT_MILLIS = 15_000;

  private final String mainClass;

  /** With the name of the class whose {@code main} runs a snippet. */
  Batch(String mainClass) {
    this.mainClass = mainClass;
  }

  /** Whether the sources compile without a warning; the messages say what is wrong. */
  abstract boolean compile(List<Path> sources, Path classes, PrintStream messages);

  /**
   * Runs code. A driver whose language does not print to the system's streams leads it to these.
   */
  void redirect(PrintStream out, PrintStream err, Runnable code) {
    code.run();
  }

  private record Snippet(Path folder, String file, boolean readsFiles) {
    Path source() {
      return folder.resolve(file);
    }
  }

  /** Runs all snippets of the list, and ends the virtual machine. */
  void run(String list) throws Exception {
    List<Snippet> snippets = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of(list))) {
      String[] fields = line.split("\t");
      snippets.add(new Snippet(Path.of(fields[0]), fields[1], !fields[3].equals("0")));
    }
    Path together = Files.createDirectory(Path.of("together").toAbsolutePath());
    boolean areCompiled = compileTogether(snippets, together);
    for (int number = 0; number < snippets.size(); number++) {
      if (areCompiled) {
        run(snippets.get(number), together, "snippet" + number + "." + mainClass);
      } else {
        compileAndRun(snippets.get(number));
      }
    }
    System.exit(0);
  }

  /** Each in a package of its own. One call takes a fraction of what one for each takes. */
  private boolean compileTogether(List<Snippet> snippets, Path classes) throws IOException {
    List<Path> sources = new ArrayList<>();
    for (Snippet snippet : snippets) {
      String name = "snippet" + sources.size();
      Path folder = Files.createDirectory(classes.resolve(name));
      String code = "package " + name + ";\n\n" + Files.readString(snippet.source());
      sources.add(Files.writeString(folder.resolve(snippet.file()), code));
    }
    return compile(sources, classes, new PrintStream(PrintStream.nullOutputStream()));
  }

  /** Where one does not compile, each speaks for itself. */
  private void compileAndRun(Snippet snippet) throws Exception {
    Path classes = Files.createDirectory(snippet.folder().resolve("classes"));
    ByteArrayOutputStream messages = new ByteArrayOutputStream();
    if (compile(List.of(snippet.source()), classes, new PrintStream(messages, true))) {
      run(snippet, classes, mainClass);
    } else {
      finish(snippet.folder(), 1, "", messages.toString());
    }
  }

  private void run(Snippet snippet, Path classes, String main) throws Exception {
    if (wantsOwnMachine(snippet)) {
      runApart(snippet.folder(), classes, main);
    } else {
      runHere(snippet.folder(), classes, main);
    }
  }

  /** A file next to the snippet is found from its folder; some properties are read only once. */
  private static boolean wantsOwnMachine(Snippet snippet) throws IOException {
    return snippet.readsFiles()
        || Files.readString(snippet.source()).contains("System.setProperty(");
  }

  private static void runApart(Path folder, Path classes, String main) throws Exception {
    String path = classes + File.pathSeparator + System.getProperty("java.class.path");
    Process process =
        new ProcessBuilder("java", "-XX:TieredStopAtLevel=1", "-cp", path, main)
            .directory(folder.toFile())
            .redirectOutput(folder.resolve("stdout").toFile())
            .redirectError(folder.resolve("stderr").toFile())
            .start();
    process.getOutputStream().close();
    Files.writeString(folder.resolve("exit"), Integer.toString(process.waitFor()));
  }

  private void runHere(Path folder, Path classes, String main) throws Exception {
    PrintStream stdout = System.out;
    PrintStream stderr = System.err;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int[] exit = {1};
    try (URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
      System.setOut(new PrintStream(out, true));
      System.setErr(new PrintStream(err, true));
      Runnable code = () -> exit[0] = callMain(loader, main);
      Thread thread = new Thread(() -> redirect(System.out, System.err, code));
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

  private static int callMain(ClassLoader loader, String name) {
    try {
      Class<?> main = Class.forName(name, true, loader);
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
