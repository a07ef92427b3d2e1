package dev.assay.chaos.agent;

import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.util.jar.JarFile;

/**
 * The agent, attached to a running service or given with {@code -javaagent}. Its argument is {@code
 * JAR|clock=MILLISECONDS} or {@code JAR|names=A,B}, where nothing after the sign ends the fault.
 */
public final class Agent {

  private Agent() {}

  /** Attached. */
  public static void agentmain(String argument, Instrumentation instrumentation) throws Exception {
    int bar = argument.indexOf('|');
    instrumentation.appendToBootstrapClassLoaderSearch(
        new JarFile(Path.of(argument.substring(0, bar)).toFile()));
    // Only from here on may the classes be named that the boot loader is to load.
    Work.begin(argument.substring(bar + 1), instrumentation);
  }

  /** Given at the start. */
  public static void premain(String argument, Instrumentation instrumentation) throws Exception {
    agentmain(argument, instrumentation);
  }
}
