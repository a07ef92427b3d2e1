package dev.assay.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.parse.WorkspaceParser;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentAddressesTest {

  @Test
  void whatIsKnownBeforeARunIsTold() {
    Map<String, String> process = Map.of("STAGE", "stage.test");
    String text =
        """
        workspace: shop
        variables: { domain: shop.test }
        services: { app: { command: "app ${port.app}" } }
        environments:
          plain: { url: "https://plain.test:8443/base" }
          filled: { url: "https://${name}.${domain}/", variables: { name: eu } }
          process: { url: "http://${env.STAGE}" }
          port: { url: "http://127.0.0.1:${port.app}" }
          bare: { variables: { a: b } }
        """;

    List<String> known =
        EnvironmentAddresses.of(
                new WorkspaceParser(List.of(), process).parse(text, Path.of("assay.yaml")), process)
            .stream()
            .map(String::valueOf)
            .toList();

    assertThat(known)
        .containsExactlyInAnyOrder(
            "https://plain.test:8443/base", "https://eu.shop.test/", "http://stage.test");
  }
}
