package dev.assay.suite.trace;

import java.util.regex.Pattern;

/** What writes stack traces. */
public enum Language {
  /** Java, Kotlin, Scala, Groovy. */
  JAVA(
      "(?:java|javax|jdk|sun|com\\.sun|kotlin|kotlinx|scala|groovy|org\\.codehaus\\.groovy"
          + "|org\\.junit|junit|org\\.opentest4j|org\\.testng|org\\.assertj|org\\.hamcrest"
          + "|org\\.mockito|org\\.awaitility|com\\.google\\.common\\.truth|org\\.spockframework"
          + "|io\\.kotest|net\\.jqwik|org\\.apache\\.maven|org\\.gradle|worker\\.org\\.gradle"
          + "|com\\.intellij|com\\.carrotsearch)\\..*",
      ""),
  /** JavaScript and TypeScript, of Node.js and of browsers. */
  JAVASCRIPT("", "(?:node:|internal/|<anonymous>|native\\b|wasm:).*|.*(?:/node_modules/).*"),
  /** Python. */
  PYTHON(
      "",
      ".*(?:/site-packages/|/dist-packages/|/lib/python\\d[\\d.]*/|\\\\Lib\\\\).*|<frozen .*|<string>"),
  /** Go. */
  GO(
      "(?:runtime|testing|reflect|sync|net|os|io|errors|fmt|internal/.*|panic"
          + "|github\\.com/stretchr/testify.*|gotest\\.tools.*)(?:\\..*)?",
      ".*(?:/go/src/|/pkg/mod/|/libexec/src/|/usr/lib/go).*|_testmain\\.go"),
  /** Rust. */
  RUST(
      "(?:std|core|alloc|test|rust_begin_unwind|__rust|panic_unwind|proc_macro)(?:::.*)?",
      ".*(?:/rustc/|/\\.cargo/registry/|/library/(?:std|core|alloc|test)/).*"),
  /** C#, F#, Visual Basic. */
  DOTNET(
      "(?:System|Microsoft|Xunit|NUnit|FluentAssertions|Shouldly|Moq|NSubstitute"
          + "|MSTest|Castle)\\..*",
      ""),
  /** Anything else. */
  UNKNOWN("", "");

  private final Pattern foreignScope;
  private final Pattern foreignFile;

  Language(String foreignScope, String foreignFile) {
    this.foreignScope = Pattern.compile(foreignScope);
    this.foreignFile = Pattern.compile(foreignFile);
  }

  /** Whether a frame is known to be of the runtime or of a test framework, not of a project. */
  public boolean foreign(Frame frame) {
    return foreignScope
                .matcher(frame.scope().isEmpty() ? frame.function() : frame.scope())
                .matches()
            && !foreignScope.pattern().isEmpty()
        || !frame.file().isEmpty()
            && !foreignFile.pattern().isEmpty()
            && foreignFile.matcher(frame.file()).matches();
  }
}
