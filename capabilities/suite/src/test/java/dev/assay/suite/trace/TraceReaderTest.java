package dev.assay.suite.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.PrintWriter;
import java.io.StringWriter;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class TraceReaderTest {

  private static Trace read(String detail) {
    return TraceReader.read(null, null, detail);
  }

  @Test
  void whatTheJvmPrintsIsReadWithItsCauses() {
    Trace trace = read(printed(wrapped()));

    assertThat(trace.language()).isEqualTo(Language.JAVA);
    assertThat(trace.types())
        .containsExactly("java.lang.IllegalStateException", "java.lang.NumberFormatException");
    assertThat(trace.root().message()).contains("For input string: \"x\"");
    assertThat(trace.root().frames())
        .anySatisfy(frame -> {
          assertThat(frame.scope()).isEqualTo(TraceReaderTest.class.getName());
          assertThat(frame.function()).isEqualTo("wrapped");
          assertThat(frame.file()).isEqualTo("TraceReaderTest.java");
          assertThat(frame.line()).isPositive();
        });
    assertThat(trace.root().frames().getFirst().function()).isEqualTo("forInputString");
  }

  private static Throwable wrapped() {
    try {
      Integer.parseInt("x");
      throw new AssertionError("a number");
    } catch (NumberFormatException wrong) {
      IllegalStateException outer = new IllegalStateException("line one\nline two", wrong);
      outer.addSuppressed(new RuntimeException("closing", new Error("inside")));
      return outer;
    }
  }

  private static String printed(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }

  @Test
  void whatIsSuppressedIsNoCause() {
    assertThat(read(printed(wrapped())).types()).doesNotContain("java.lang.Error");
    assertThat(read(printed(wrapped())).chain().getFirst().message())
        .isEqualTo("line one\nline two");
  }

  @Test
  void theReportsOwnTypeAndMessageStandInForAHeaderThatIsMissing() {
    Trace trace =
        TraceReader.read(
            "org.opentest4j.AssertionFailedError",
            "expected: <1> but was: <2>",
            "\tat shop.OrderTest.total(OrderTest.java:12)");

    assertThat(trace.types()).containsExactly("org.opentest4j.AssertionFailedError");
    assertThat(trace.root().message()).isEqualTo("expected: <1> but was: <2>");
    assertThat(trace.frames()).isEqualTo(1);
  }

  @Test
  void modulesAndLoadersAreNoPartOfAClass() {
    Trace trace =
        read(
            """
            java.lang.RuntimeException: no
            \tat app//shop.Order.total(Order.java:3)
            \tat java.base@25/java.util.ArrayList.forEach(ArrayList.java:1604)
            \tat java.base/jdk.internal.reflect.Native.invoke0(Native Method)
            """);

    assertThat(trace.root().frames())
        .extracting(Frame::scope)
        .containsExactly("shop.Order", "java.util.ArrayList", "jdk.internal.reflect.Native");
    assertThat(Language.JAVA.foreign(trace.root().frames().get(1))).isTrue();
    assertThat(Language.JAVA.foreign(trace.root().frames().get(0))).isFalse();
  }

  /** As node --test 20 writes it. */
  @Test
  void theRunnerOfNodeIsSeenThrough() {
    Trace trace =
        TraceReader.read(
            "testCodeFailure",
            "order 17 cannot be totalled",
            """
            Error [ERR_TEST_FAILURE]: order 17 cannot be totalled
                at AsyncResource.runInAsyncScope (node:async_hooks:206:9) {
              code: 'ERR_TEST_FAILURE',
              failureType: 'testCodeFailure',
              cause: Error: order 17 cannot be totalled
                  at order (file:///tmp/fjs/a.test.mjs:3:56)
                  at TestContext.<anonymous> (file:///tmp/fjs/a.test.mjs:4:22)
                  ... 6 lines matching cause stack trace ...
                  at AsyncResource.runMicrotask (node:internal/process/task_queues:137:8) {
                [cause]: TypeError [Error]: Cannot read properties of undefined (reading 'value')
                    at total (file:///tmp/fjs/a.test.mjs:2:34)
                    at order (file:///tmp/fjs/a.test.mjs:3:26)
                    at node:internal/test_runner/harness:255:12
              }
            }
            """);

    assertThat(trace.language()).isEqualTo(Language.JAVASCRIPT);
    assertThat(trace.types()).containsExactly("Error", "TypeError [Error]");
    assertThat(trace.root().frames().getFirst())
        .isEqualTo(new Frame("", "total", "/tmp/fjs/a.test.mjs", 2));
    assertThat(Language.JAVASCRIPT.foreign(trace.root().frames().get(2))).isTrue();
  }

  @Test
  void vitestAndFirefoxWriteFramesTheirOwnWay() {
    assertThat(
            read("AssertionError: expected 1 to be 2\n ❯ src/order.test.ts:7:19\n ❯ total src/order.ts:3:4")
                .root()
                .frames())
        .extracting(Frame::toString)
        .containsExactly("src/order.test.ts:7", "total (src/order.ts:3)");
    assertThat(read("total@http://localhost/order.js:3:4\n@http://localhost/a.js:1:1").frames())
        .isEqualTo(2);
  }

  @Test
  void pythonTellsTheInnermostFrameLastAndTheRootCauseFirst() {
    Trace trace =
        read(
            """
            Traceback (most recent call last):
              File "/tmp/fjs/p.py", line 3, in order
                try: total({})
                     ^^^^^^^^^
              File "/tmp/fjs/p.py", line 1, in total
                def total(p): return p["sum"]
                                     ~^^^^^^^
            KeyError: 'sum'

            The above exception was the direct cause of the following exception:

            Traceback (most recent call last):
              File "<string>", line 3, in <module>
              File "/tmp/fjs/p.py", line 4, in order
                except KeyError as e: raise ValueError("order 17") from e
            ValueError: order 17
            """);

    assertThat(trace.language()).isEqualTo(Language.PYTHON);
    assertThat(trace.types()).containsExactly("ValueError", "KeyError");
    assertThat(trace.root().message()).isEqualTo("'sum'");
    assertThat(trace.root().frames().getFirst())
        .isEqualTo(new Frame("", "total", "/tmp/fjs/p.py", 1));
    assertThat(trace.chain().getFirst().frames().getFirst().line()).isEqualTo(4);
  }

  /** As pytest 8 writes it into its JUnit XML. */
  @Test
  void pytestWritesPlacesBetweenSources() {
    Trace trace =
        TraceReader.read(
            null,
            "ValueError: order 17",
            """
            def order():
            >       try: total({})
                         ^^^^^^^^^

            p.py:3:\s
            _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _

            p = {}

            >   def total(p): return p["sum"]
                                     ^^^^^^^^
            E   KeyError: 'sum'

            p.py:1: KeyError

            The above exception was the direct cause of the following exception:

            >   def test_a(): order()
                              ^^^^^^^

            p.py:5:\s
            _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _

                def order():
                    try: total({})
            >       except KeyError as e: raise ValueError("order 17") from e
            E       ValueError: order 17

            p.py:4: ValueError\
            """);

    assertThat(trace.types()).containsExactly("ValueError", "KeyError");
    assertThat(trace.root().frames()).extracting(Frame::line).containsExactly(1, 3);
  }

  @Test
  void pytestsAssertionsHaveATypeAndAMessage() {
    Trace trace =
        read(
            """
            >   def test_b(): assert [1,2]==[2,1]
            E   assert [1, 2] == [2, 1]
            E    \s
            E     At index 0 diff: 1 != 2

            p.py:6: AssertionError\
            """);

    assertThat(trace.root().type()).isEqualTo("AssertionError");
    assertThat(trace.root().message()).startsWith("assert [1, 2] == [2, 1]");
  }

  @Test
  void aPanicOfGoIsThatOfItsOwnGoroutine() {
    Trace trace =
        read(
            """
            --- FAIL: TestTotal (0.00s)
            panic: runtime error: index out of range [3] with length 1 [recovered]
            \tpanic: runtime error: index out of range [3] with length 1

            goroutine 18 [running]:
            testing.tRunner.func1.2({0x1, 0x2})
            \t/usr/local/go/src/testing/testing.go:1631 +0x24a
            example.com/shop/order.Total(...)
            \t/home/ann/shop/order/order.go:12
            example.com/shop/order.(*Cart).Sum(0xc000)
            \t/home/ann/shop/order/cart.go:7 +0x1d

            goroutine 1 [chan receive]:
            testing.(*T).Run(0xc0)
            \t/usr/local/go/src/testing/testing.go:1750 +0x3ab
            """);

    assertThat(trace.language()).isEqualTo(Language.GO);
    assertThat(trace.root().type()).isEqualTo("panic");
    assertThat(trace.root().message()).startsWith("runtime error: index out of range");
    assertThat(trace.root().frames().stream().filter(frame -> !Language.GO.foreign(frame)))
        .extracting(Frame::stableName)
        .containsExactly("example.com/shop/order.Total", "example.com/shop/order.(*Cart).Sum");
  }

  @Test
  void whatGoTestsLogHasAPlace() {
    Trace trace = read("=== RUN   TestTotal\n    order_test.go:12: got 3, want 4\n");

    assertThat(trace.root().frames()).containsExactly(new Frame("", "", "order_test.go", 12));
    assertThat(trace.root().message()).isEqualTo("got 3, want 4");
  }

  /** As Rust 1.9x writes it. */
  @Test
  void aPanicOfRustIsReadWithItsBacktrace() {
    Trace trace =
        read(
            """
            thread 'tests::adds' (16506) panicked at src/lib.rs:1:34:
            index out of bounds: the len is 1 but the index is 3
            stack backtrace:
               0: __rustc::rust_begin_unwind
                         at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/std/src/panicking.rs:689:5
               3: r::total
                         at ./src/lib.rs:1:34
               4: r::tests::adds
                         at ./src/lib.rs:2:46
            note: Some details are omitted, run with `RUST_BACKTRACE=full` for a verbose backtrace.
            """);

    assertThat(trace.language()).isEqualTo(Language.RUST);
    assertThat(trace.root().message())
        .isEqualTo("index out of bounds: the len is 1 but the index is 3");
    assertThat(trace.root().frames().stream().filter(frame -> !Language.RUST.foreign(frame)))
        .extracting(Frame::toString)
        .containsExactly("r.total (./src/lib.rs:1)", "r::tests.adds (./src/lib.rs:2)");
    assertThat(
            read("thread 'a' panicked at 'no', src/lib.rs:2:5").root().frames().getFirst().line())
        .isEqualTo(2);
  }

  @Test
  void dotnetWritesTheInnerExceptionFirst() {
    Trace trace =
        read(
            """
            System.InvalidOperationException: order 17
             ---> System.NullReferenceException: Object reference not set to an instance of an object.
               at Shop.Order.Total(Int32 count) in /src/Shop/Order.cs:line 12
               --- End of inner exception stack trace ---
               at Shop.Cart.Sum() in /src/Shop/Cart.cs:line 7
               at System.RuntimeMethodHandle.InvokeMethod(Object target, Span`1& arguments)
            """);

    assertThat(trace.language()).isEqualTo(Language.DOTNET);
    assertThat(trace.types())
        .containsExactly("System.InvalidOperationException", "System.NullReferenceException");
    assertThat(trace.root().frames())
        .containsExactly(new Frame("Shop.Order", "Total", "/src/Shop/Order.cs", 12));
    assertThat(trace.chain().getFirst().frames().getFirst().function()).isEqualTo("Sum");
  }

  @Test
  void namesKeepWhatStaysTheSameFromBuildToBuild() {
    assertThat(new Frame("shop.Order$$Lambda$14/0x01", "run", "", 0).stableName())
        .isEqualTo("shop.Order.run");
    assertThat(new Frame("shop.Order", "lambda$total$3", "", 0).stableName())
        .isEqualTo("shop.Order.lambda$total$");
    assertThat(new Frame("shop", "Total.func2", "", 0).stableName()).isEqualTo("shop.Total.func");
  }

  @Property(tries = 300)
  void anyTextGivesATrace(@ForAll @StringLength(max = 300) String text) {
    assertThatCode(() -> TraceReader.read(text, text, text)).doesNotThrowAnyException();
  }
}
