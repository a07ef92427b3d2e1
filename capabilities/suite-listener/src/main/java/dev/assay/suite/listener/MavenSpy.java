package dev.assay.suite.listener;

import java.io.BufferedReader;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.apache.maven.eventspy.EventSpy;
import org.apache.maven.execution.ExecutionEvent;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.project.MavenProject;

/**
 * Sits in Maven's own JVM by {@code -Dmaven.ext.class.path}, and asks Assay each time before
 * Surefire or Failsafe starts which tests it may leave out. By then all that these tests use is
 * compiled, so one pass of Maven is enough. The answer is a list of tests in a file that Surefire
 * is told of as {@code surefire.excludesFile}; where there is none, all tests run.
 *
 * <p>Thread-safe: modules that are built at the same time ask one after the other.
 */
public final class MavenSpy implements EventSpy {

  /** Beside this class's jar: where Assay listens, and the files of the answer. */
  static final String SETTINGS = "questions.properties";

  private static final int LONGEST_MILLIS = 300_000;
  private static final String[] PLUGINS = {"maven-surefire-plugin", "maven-failsafe-plugin"};
  private static final String[] GOALS = {"test", "integration-test"};

  /** Made by Maven. */
  public MavenSpy() {}

  @Override
  public void init(Context context) {
    // asked only when there is something to ask
  }

  @Override
  public void close() {
    // every connection ends with its answer
  }

  @Override
  public void onEvent(Object event) {
    if (event instanceof ExecutionEvent) {
      ExecutionEvent execution = (ExecutionEvent) event;
      if (execution.getType() == ExecutionEvent.Type.MojoStarted
          && runsTests(execution.getMojoExecution())) {
        ask(execution.getSession(), execution.getProject());
      }
    }
  }

  private static boolean runsTests(MojoExecution mojo) {
    return mojo != null
        && Arrays.asList(PLUGINS).contains(mojo.getArtifactId())
        && Arrays.asList(GOALS).contains(mojo.getGoal());
  }

  private synchronized void ask(MavenSession session, MavenProject project) {
    File folder = folder();
    Properties settings = new Properties();
    try (InputStream in = new FileInputStream(new File(folder, SETTINGS))) {
      settings.load(in);
    } catch (IOException gone) {
      return;
    }
    try {
      converse(settings, question(session, project));
    } catch (IOException | RuntimeException noAnswer) {
      everythingRuns(settings);
    }
  }

  /** Where this class's jar is. */
  private static File folder() {
    try {
      return new File(MavenSpy.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .getAbsoluteFile()
          .getParentFile();
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Where its test classes are, and which modules are built later, as nothing here uses them. */
  private static List<String> question(MavenSession session, MavenProject project) {
    List<String> lines = new ArrayList<>();
    lines.add("tests\t" + project.getBuild().getTestOutputDirectory());
    Set<MavenProject> used = new HashSet<>();
    used.add(project);
    used.addAll(session.getProjectDependencyGraph().getUpstreamProjects(project, true));
    for (MavenProject other : session.getProjectDependencyGraph().getSortedProjects()) {
      if (!used.contains(other)) {
        lines.add("apart\t" + other.getBasedir());
      }
    }
    return lines;
  }

  private static void converse(Properties settings, List<String> question) throws IOException {
    InetAddress here = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    try (Socket socket = new Socket(Proxy.NO_PROXY)) {
      int port = Integer.parseInt(settings.getProperty("port", ""));
      socket.connect(new InetSocketAddress(here, port), LONGEST_MILLIS);
      socket.setSoTimeout(LONGEST_MILLIS);
      StringBuilder text = new StringBuilder(settings.getProperty("word", "")).append('\n');
      for (String line : question) {
        text.append(line.replace('\n', ' ')).append('\n');
      }
      OutputStream out = socket.getOutputStream();
      out.write(text.append("end\n").toString().getBytes(StandardCharsets.UTF_8));
      out.flush();
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      if (!"done".equals(in.readLine())) {
        throw new IOException("no answer");
      }
    }
  }

  /** Puts the list that leaves nothing out in place of one that an earlier answer may have made. */
  private static void everythingRuns(Properties settings) {
    try {
      Files.copy(
          new File(settings.getProperty("nothing", "")).toPath(),
          new File(settings.getProperty("list", "")).toPath(),
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException gone) {
      // then Assay has ended, and its files with it
    }
  }
}
