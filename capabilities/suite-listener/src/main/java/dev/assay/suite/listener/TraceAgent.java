package dev.assay.suite.listener;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.management.ManagementFactory;
import java.util.Properties;
import java.util.jar.JarFile;

/**
 * The agent. Comes into every JVM that the build starts, by JAVA_TOOL_OPTIONS; does something only
 * in those that run tests.
 */
public final class TraceAgent {

  /** The system property with the folder that traces are written to; set where tests are traced. */
  static final String FOLDER = "assay.trace.folder";

  /** Main classes of the JVMs in which build tools run tests. */
  private static final String[] TEST_JVMS = {
    "org.apache.maven.surefire.booter.ForkedBooter",
    "surefirebooter",
    "org.gradle.process.internal.worker.GradleWorkerMain",
    "worker.org.gradle.process.internal.worker.GradleWorkerMain",
    "org.junit.platform.console.ConsoleLauncher",
  };

  private TraceAgent() {}

  /**
   * Starts the trace, if this is a JVM of tests.
   *
   * @param argument the file with the settings
   */
  public static void premain(String argument, Instrumentation instrumentation) {
    String command = System.getProperty("sun.java.command", "");
    boolean ofTests = false;
    for (String main : TEST_JVMS) {
      ofTests |= command.contains(main);
    }
    if (!ofTests) {
      return;
    }
    Properties settings = new Properties();
    try (InputStream in = new FileInputStream(argument)) {
      settings.load(in);
    } catch (IOException gone) {
      return;
    }
    File folder = new File(settings.getProperty("folder", ""));
    TraceFile trace = new TraceFile(folder);
    try {
      start(settings, instrumentation, trace);
    } catch (Exception | LinkageError failure) {
      trace.note("untraced", "JaCoCo's agent does not start: " + failure);
    }
  }

  private static void start(Properties settings, Instrumentation instrumentation, TraceFile trace)
      throws Exception {
    for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (option.startsWith("-javaagent:") && option.contains("jacoco")) {
        trace.note("untraced", "the build has an agent of JaCoCo of its own");
        return;
      }
    }
    try (JarFile jacoco = new JarFile(settings.getProperty("jacoco", ""))) {
      instrumentation.appendToSystemClassLoaderSearch(jacoco);
      // its package has the version in its name
      String premain = jacoco.getManifest().getMainAttributes().getValue("Premain-Class");
      Class.forName(premain, true, ClassLoader.getSystemClassLoader())
          .getMethod("premain", String.class, Instrumentation.class)
          .invoke(
              null,
              "output=none,includes=" + settings.getProperty("includes", "*"),
              instrumentation);
    }
    System.setProperty(FOLDER, settings.getProperty("folder", ""));
    trace.note("started", System.getProperty("java.version", ""));
  }
}
