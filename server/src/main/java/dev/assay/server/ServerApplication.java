package dev.assay.server;

import dev.assay.api.spi.Clock;
import dev.assay.api.spi.SystemClock;
import dev.assay.server.account.Members;
import dev.assay.server.account.ProjectKeys;
import dev.assay.server.project.Projects;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/** What the server is made of. */
@SpringBootApplication(
    exclude = {DataSourceAutoConfiguration.class, UserDetailsServiceAutoConfiguration.class})
class ServerApplication {

  @Bean
  Clock clock() {
    return new SystemClock();
  }

  @Bean
  SecureRandom random() {
    return new SecureRandom();
  }

  @Bean
  PasswordEncoder passwords() {
    return Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8();
  }

  @Bean
  TemplateEngine templates() {
    return TemplateEngine.createPrecompiled(ContentType.Html);
  }

  @Bean(destroyMethod = "close")
  AccountDatabase accountDatabase(ServerOptions options) {
    try {
      Path folder = Files.createDirectories(options.data());
      return AccountDatabase.open(folder.resolve("accounts.db"));
    } catch (IOException unusable) {
      throw new UncheckedIOException(unusable);
    }
  }

  @Bean
  JdbcClient accounts(AccountDatabase database) {
    return JdbcClient.create(database.source());
  }

  @Bean
  Members members(
      JdbcClient accounts, PasswordEncoder passwords, SecureRandom random, Clock clock) {
    return new Members(accounts, passwords, random, clock);
  }

  @Bean
  ProjectKeys keys(JdbcClient accounts, SecureRandom random, Clock clock) {
    return new ProjectKeys(accounts, random, clock);
  }

  @Bean(destroyMethod = "close")
  Projects projects(JdbcClient accounts, ServerOptions options, Clock clock) {
    return Projects.open(accounts, options, clock);
  }
}
