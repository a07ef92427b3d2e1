import dev.assay.suite.report.ReportListener;
import dev.assay.suite.report.Reports;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * How many megabytes of JUnit XML are read in a second of one core, by Assay and by StAX parsers
 * that do the least that counting needs: they look at each element's name and at two attributes.
 *
 * <p>{@code java -cp CLASSPATH benchmarks/suite/ReadSpeed.java FOLDER [ROUNDS]}: the files are made
 * in the folder and stay there. Time is the CPU time of the reading thread, so that other processes
 * disturb little; the median and the best round are printed after two that warm up.
 */
public final class ReadSpeed {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final String TRACE = "at shop.Cart.add(Cart.java:12)\n\t".repeat(20);

  private ReadSpeed() {}

  /** Counts the test cases of a file. */
  private interface Reader {
    long read(Path file) throws Exception;
  }

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 7;
    for (boolean dense : new boolean[] {true, false}) {
      Path file = folder.resolve(dense ? "dense.xml" : "logs.xml");
      if (!Files.exists(file)) {
        write(file, dense);
      }
      measure("assay", file, rounds, ReadSpeed::assay);
      measure("jdk stax", file, rounds, each -> stax(jdk(), each));
      if (woodstox()) {
        measure("woodstox", file, rounds, each -> stax(XMLInputFactory.newInstance(), each));
      }
    }
  }

  private static void measure(String name, Path file, int rounds, Reader reader) throws Exception {
    double megabytes = Files.size(file) / 1e6;
    double[] rates = new double[rounds];
    long cases = 0;
    for (int round = -2; round < rounds; round++) {
      long start = THREADS.getCurrentThreadCpuTime();
      cases = reader.read(file);
      double seconds = (THREADS.getCurrentThreadCpuTime() - start) / 1e9;
      if (round >= 0) {
        rates[round] = megabytes / seconds;
      }
    }
    Arrays.sort(rates);
    System.out.printf(
        "%-10s %-10s %4.0f MB %8d cases  median %4.0f MB/s, best %4.0f MB/s%n",
        file.getFileName(), name, megabytes, cases, rates[rounds / 2], rates[rounds - 1]);
  }

  private static long assay(Path file) throws IOException {
    long[] cases = {0};
    Reports.read(
        file,
        "report",
        new ReportListener() {
          @Override
          public void testCase(dev.assay.suite.report.TestCase testCase) {
            cases[0]++;
          }
        });
    return cases[0];
  }

  private static XMLInputFactory jdk() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty("jdk.xml.maxGeneralEntitySizeLimit", "0");
    factory.setProperty("jdk.xml.totalEntitySizeLimit", "0");
    return factory;
  }

  private static boolean woodstox() {
    return XMLInputFactory.newInstance().getClass().getName().contains("ctc.wstx");
  }

  private static long stax(XMLInputFactory factory, Path file)
      throws IOException, XMLStreamException {
    long cases = 0;
    long named = 0;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      XMLStreamReader xml = factory.createXMLStreamReader(in);
      while (xml.hasNext()) {
        if (xml.next() == XMLStreamConstants.START_ELEMENT && xml.getLocalName().equals("testcase")) {
          cases++;
          named += xml.getAttributeValue(null, "name") == null ? 0 : 1;
          named += xml.getAttributeValue(null, "classname") == null ? 0 : 1;
        }
      }
    }
    return named == 2 * cases ? cases : -1;
  }

  /** Dense: hardly anything but cases. Otherwise most of it is what the tests wrote. */
  private static void write(Path file, boolean dense) throws IOException {
    int cases = dense ? 1_500_000 : 120_000;
    try (Writer out = Files.newBufferedWriter(file)) {
      out.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
      for (int i = 0; i < cases; i++) {
        if (i % 1000 == 0) {
          out.write(i > 0 ? "</testsuite>\n" : "");
          out.write("<testsuite name=\"shop.Suite" + i / 1000 + "\" tests=\"1000\" time=\"1.5\">\n");
        }
        out.write(
            "  <testcase name=\"testSomething" + i + "[param " + i % 7 + "]\" classname=\"com.example"
                + ".shop.CartTest" + i % 50 + "\" time=\"0.00" + i % 9 + "\">");
        if (i % 50 == 0) {
          out.write(
              "<failure message=\"expected &lt;1&gt; but was &lt;2&gt;\" type=\"Failed\"><![CDATA["
                  + TRACE + "]]></failure>");
        }
        if (!dense) {
          out.write("<system-out><![CDATA[" + TRACE + TRACE + "]]></system-out>");
        }
        out.write("</testcase>\n");
      }
      out.write("</testsuite>\n</testsuites>\n");
    }
  }
}
