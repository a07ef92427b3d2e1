package dev.assay.suite.select;

import dev.assay.suite.listener.TraceAgent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * Answers a Maven build that asks, each time before it starts tests, which of them it may leave
 * out. Lays out the extension that asks, listens on loopback, and lets in only who knows a word
 * that stands in a file of this user's. One question after the other is answered, by a thread of
 * its own; close it when the build has ended.
 */
final class BuildQuestions implements AutoCloseable {

  private static final int LONGEST_LINE_MILLIS = 30_000;
  private static final int MOST_LINES = 100_000;

  /**
   * What is asked.
   *
   * @param tests the folder of the compiled test classes that are about to run
   * @param apart folders of modules that these tests do not use
   */
  record Question(Path tests, List<Path> apart) {}

  /** Writes the list of what may be left out; a failure is answered by leaving nothing out. */
  interface Answer {
    void to(Question question) throws IOException;
  }

  private final Path folder;
  private final ServerSocket socket;
  private final String word;
  private final Answer answer;
  private final Thread thread;

  private BuildQuestions(Path folder, ServerSocket socket, String word, Answer answer) {
    this.folder = folder;
    this.socket = socket;
    this.word = word;
    this.answer = answer;
    this.thread = Thread.ofVirtual().name("suite-questions").unstarted(this::listen);
  }

  /**
   * Begins to listen.
   *
   * @param folder where files are laid out
   * @param list the file that an answer writes
   * @param nothing the file with the list that leaves nothing out
   */
  static BuildQuestions open(Path folder, Path list, Path nothing, Answer answer)
      throws IOException {
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    String word = HexFormat.of().formatHex(random);
    extension(folder.resolve("maven.jar"));
    ServerSocket socket =
        new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    Properties settings = new Properties();
    settings.setProperty("port", String.valueOf(socket.getLocalPort()));
    settings.setProperty("word", word);
    settings.setProperty("list", list.toAbsolutePath().toString());
    settings.setProperty("nothing", nothing.toAbsolutePath().toString());
    Path file = folder.resolve("questions.properties");
    try (OutputStream out = Files.newOutputStream(file)) {
      settings.store(out, null);
      if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      }
    } catch (IOException full) {
      socket.close();
      throw full;
    }
    BuildQuestions questions = new BuildQuestions(folder, socket, word, answer);
    questions.thread.start();
    return questions;
  }

  /** A jar by which Maven finds the class that asks. */
  private static void extension(Path jar) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    // by name only: what it extends is in Maven's JVM and not in this one
    String name = TraceAgent.class.getPackageName() + ".MavenSpy";
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
        InputStream in = TraceAgent.class.getResourceAsStream("MavenSpy.class")) {
      if (in == null) {
        throw new IOException("the product has no MavenSpy.class");
      }
      out.putNextEntry(new JarEntry(name.replace('.', '/') + ".class"));
      in.transferTo(out);
      out.closeEntry();
      out.putNextEntry(new JarEntry("META-INF/plexus/components.xml"));
      out.write(
          """
          <component-set>
            <components>
              <component>
                <role>org.apache.maven.eventspy.EventSpy</role>
                <role-hint>assay</role-hint>
                <implementation>%s</implementation>
              </component>
            </components>
          </component-set>
          """
              .formatted(name)
              .getBytes(StandardCharsets.UTF_8));
      out.closeEntry();
    }
  }

  /** The word for Maven that brings the extension in. */
  String word() {
    return "-Dmaven.ext.class.path=" + folder.resolve("maven.jar").toAbsolutePath();
  }

  private void listen() {
    while (!socket.isClosed()) {
      try (Socket connection = socket.accept()) {
        connection.setSoTimeout(LONGEST_LINE_MILLIS);
        converse(connection);
      } catch (IOException broken) {
        // who asked runs everything; or the build has ended, and with it the listening
      }
    }
  }

  private void converse(Socket connection) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
    String said = in.readLine();
    boolean known =
        said != null
            && MessageDigest.isEqual(
                said.getBytes(StandardCharsets.UTF_8), word.getBytes(StandardCharsets.UTF_8));
    Question question = known ? question(in) : null;
    if (question != null) {
      answer.to(question);
      connection.getOutputStream().write("done\n".getBytes(StandardCharsets.UTF_8));
    }
  }

  private static @Nullable Question question(BufferedReader in) throws IOException {
    Path tests = null;
    List<Path> apart = new ArrayList<>();
    try {
      for (int lines = 0; lines < MOST_LINES; lines++) {
        String line = in.readLine();
        if (line == null) {
          return null;
        }
        if (line.equals("end")) {
          return tests == null ? null : new Question(tests, List.copyOf(apart));
        }
        if (line.startsWith("tests\t")) {
          tests = Path.of(line.substring("tests\t".length()));
        } else if (line.startsWith("apart\t")) {
          apart.add(Path.of(line.substring("apart\t".length())));
        }
      }
    } catch (InvalidPathException odd) {
      return null;
    }
    return null;
  }

  /** Ends the listening; an answer that is being made is finished before. */
  @Override
  public void close() throws IOException {
    socket.close();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException stop) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
