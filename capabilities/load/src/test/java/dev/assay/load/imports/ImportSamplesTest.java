package dev.assay.load.imports;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What tools export, and the workspace that it becomes, as a whole and to the letter. */
class ImportSamplesTest {

  @ParameterizedTest
  @CsvSource({
    "HAR, chrome.har",
    "HAR, firefox.har",
    "CURL, chrome.curl",
    "CURL, firefox.curl",
    "CURL, script.curl",
    "POSTMAN, shop.postman_collection.json",
    "OPENAPI, petstore.yaml",
    "OPENAPI, swagger.json"
  })
  void aSampleBecomesTheWorkspaceThatIsBesideIt(ImportSource source, String name) {
    Imported imported = Imported.sample(source, name);

    assertThat(imported.yaml()).isEqualTo(Imported.resource(name + ".expected.yaml"));
    assertThat(imported.result().steps()).isPositive();
  }

  @ParameterizedTest
  @CsvSource({
    "HAR, chrome.har, correct+horse%21",
    "HAR, chrome.har, correct horse!",
    "HAR, chrome.har, 4111111111111111",
    "HAR, chrome.har, s-99ab01",
    "HAR, firefox.har, Zm94LXNlc3Npb24",
    "HAR, firefox.har, sk_live_51H8xQz",
    "CURL, chrome.curl, eyJhbGciOiJIUzI1NiJ9",
    "CURL, chrome.curl, 8f2c1d0a9b",
    "CURL, chrome.curl, correct horse!",
    "CURL, firefox.curl, sk_live_51H8xQz",
    "CURL, script.curl, t0ps3cret",
    "CURL, script.curl, pa55word",
    "CURL, script.curl, abc123def456",
    "POSTMAN, shop.postman_collection.json, hunter2"
  })
  void noCredentialIsWritten(ImportSource source, String name, String credential) {
    assertThat(Imported.resource(name))
        .contains(credential.replace("correct horse!", "correct+horse%21"));

    assertThat(Imported.sample(source, name).yaml()).doesNotContain(credential);
  }
}
