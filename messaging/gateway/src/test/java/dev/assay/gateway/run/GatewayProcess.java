package dev.assay.gateway.run;

import dev.assay.gateway.config.ProviderConfiguration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** A gateway as a process of its own, that can be killed. */
final class GatewayProcess {

  private GatewayProcess() {}

  /**
   * Runs until it is killed.
   *
   * @param arguments the folder, the port of the message centre, the store
   */
  public static void main(String... arguments) throws InterruptedException {
    Rig rig =
        new Rig(Path.of(arguments[0]))
            .store(arguments[2])
            .with(
                "alpha",
                Rig.provider(
                    Integer.parseInt(arguments[1]),
                    ProviderConfiguration.Doubt.RESEND,
                    Duration.ofSeconds(10)));
    Gateway gateway = rig.start();
    System.out.println("PORT " + gateway.address().getPort());
    new CountDownLatch(1).await();
  }
}
