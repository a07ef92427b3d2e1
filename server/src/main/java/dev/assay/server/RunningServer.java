package dev.assay.server;

import dev.assay.server.account.Members;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** A server that runs. Thread-safe. Whoever starts it closes it. */
public final class RunningServer implements AutoCloseable {

  private final ConfigurableApplicationContext context;
  private final String local;
  private final String address;

  private RunningServer(ConfigurableApplicationContext context, String local, String address) {
    this.context = context;
    this.local = local;
    this.address = address;
  }

  /**
   * Starts one; it is ready on return.
   *
   * @throws dev.assay.api.problem.ProblemException if its folder or database cannot be used
   */
  public static RunningServer start(ServerOptions options) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("server.port", options.port());
    settings.put("server.address", options.listen().getHostAddress());
    if (options.jsonLogs()) {
      settings.put("logging.config", "classpath:logback-json.xml");
    }
    String reached = options.address();
    if (reached != null && reached.startsWith("https:")) {
      settings.put("server.servlet.session.cookie.secure", true);
    }
    SpringApplication application = new SpringApplication(ServerApplication.class);
    application.setBannerMode(Banner.Mode.OFF);
    application.setLogStartupInfo(false);
    application.setDefaultProperties(settings);
    ApplicationContextInitializer<GenericApplicationContext> given =
        context -> context.registerBean(ServerOptions.class, () -> options);
    application.addInitializers(given);
    ConfigurableApplicationContext context;
    try {
      context = application.run();
    } catch (RuntimeException failed) {
      throw cause(failed);
    }
    int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    String known = options.address();
    String host = options.listen().getHostAddress();
    String local = "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    return new RunningServer(context, local, known == null ? local : known.replaceAll("/+$", ""));
  }

  /** What a person can mend is told as it is, not as the bean that could not be made. */
  private static RuntimeException cause(RuntimeException failed) {
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (cause instanceof dev.assay.api.problem.ProblemException problem) {
        return problem;
      }
    }
    return failed;
  }

  /** How people reach it, without a slash at its end. */
  public String address() {
    return address;
  }

  /** Where it listens. */
  String local() {
    return local;
  }

  /** The link that makes its first member; null once there is one. */
  public @Nullable String setUpLink() {
    String token = context.getBean(Members.class).setUpToken();
    return token == null ? null : address + "/set-up/" + token;
  }

  /** A part of it, for tests. */
  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  @Override
  public void close() {
    context.close();
  }
}
