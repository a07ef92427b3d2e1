import java.io.FileWriter;
import java.io.IOException;
import java.io.Writer;
import java.util.BitSet;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** Remembers which methods were begun, and writes them down after each test class. */
public final class Probe implements TestExecutionListener {

  private static final BitSet HITS = new BitSet();

  /** Called at the begin of each method. */
  public static void hit(int method) {
    synchronized (HITS) {
      HITS.set(method);
    }
  }

  @Override
  public void executionStarted(TestIdentifier test) {
    // what was executed between two classes belongs to neither
    name(test, false);
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    name(test, true);
  }

  private static void name(TestIdentifier test, boolean ended) {
    if (!(test.getSource().orElse(null) instanceof ClassSource source)) {
      return;
    }
    String name = source.getClassName();
    boolean nested = name.contains("$");
    StringBuilder line = new StringBuilder(nested ? name.substring(0, name.indexOf('$')) : name);
    synchronized (HITS) {
      HITS.stream().forEach(method -> line.append('\t').append(method));
      if (ended || !nested) {
        HITS.clear();
      }
    }
    if (ended) {
      try (Writer out = new FileWriter(System.getProperty("probe.file"), true)) {
        out.write(line.append('\n').toString());
      } catch (IOException full) {
        throw new IllegalStateException(full);
      }
    }
  }
}
