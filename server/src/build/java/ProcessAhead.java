import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.springframework.boot.SpringApplicationAotProcessor;

/**
 * A step of the build: has Spring write down how the server's beans are made, compiles that, and
 * puts it beside the server's own classes. Spring's own Maven plugin compiles with the Java that
 * Maven runs on, which is older than ours; this is run by the Java that we build with.
 */
final class ProcessAhead {

  private ProcessAhead() {}

  /** Takes the class that starts the server, the folder of its classes, and one for what is made. */
  public static void main(String[] arguments) throws Exception {
    String starting = arguments[0];
    Path classes = Path.of(arguments[1]);
    Path made = Path.of(arguments[2]);
    Path sources = made.resolve("sources");
    Path proxies = made.resolve("classes");
    String[] processed = {
      starting,
      sources.toString(),
      made.resolve("resources").toString(), // hints for native images, which nobody needs
      proxies.toString(),
      "dev.assay",
      "assay-server"
    };
    deleteOld(classes);
    SpringApplicationAotProcessor.main(processed);
    Files.createDirectories(proxies);
    try (Stream<Path> all = Files.walk(proxies)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        copy(file, classes.resolve(proxies.relativize(file).toString()));
      }
    }
    compile(sources, classes);
  }

  /** What an older build made may be of beans that are no more. */
  private static void deleteOld(Path classes) throws IOException {
    try (Stream<Path> all = Files.walk(classes)) {
      for (Path file : all.filter(ProcessAhead::made).toList()) {
        Files.delete(file);
      }
    }
  }

  private static boolean made(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".class") && (name.contains("__") || name.contains("$$SpringCGLIB$$"));
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void compile(Path sources, Path classes) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> options =
        List.of(
            "-proc:none",
            "-nowarn",
            "-parameters",
            "-classpath",
            System.getProperty("java.class.path"),
            "-d",
            classes.toString());
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
        Stream<Path> all = Files.walk(sources)) {
      List<Path> java = all.filter(file -> file.toString().endsWith(".java")).toList();
      var units = files.getJavaFileObjectsFromPaths(java);
      if (!compiler.getTask(null, files, null, options, null, units).call()) {
        throw new IllegalStateException("what Spring wrote cannot be compiled, see above");
      }
    }
  }
}
