package dev.assay.it;

import org.junit.jupiter.api.Test;

/** Messages to a virtual message centre, from one workspace. */
class MessagesIT extends Scenario {

  private static final String WORKSPACE =
      """
      workspace: messages
      virtual:
        provider:
          smsc:
            accounts: { user: secret }
            latency: 5ms
            refused: REFUSED
            receipts: { after: 50ms, early: 10 % }
      checks:
        sent:
          smpp: { to: "127.0.0.1:${port.provider}", window: 5, for: 1s, receipts: true }
          expect: { receipts.missing: "= 0" }
        arrived:
          smsc: provider
          expect: { accepted: "> 10", repeated: "= 0" }
      stages: [ [sent], [arrived] ]
      """;

  @Test
  void whatIsSentArrivesOnce() {
    workspace(WORKSPACE.replace("REFUSED", "0 %"));

    assay("run").with(0).printing("✔ pass          sent", "✔ pass          arrived");
  }

  @Test
  void whatTheCentreRefusesIsAnError() {
    workspace(WORKSPACE.replace("REFUSED", "40 %"));

    assay("run").with(1).printing("✘ fail          sent", "errors is");
  }
}
