package dev.assay.server;

import dev.assay.api.spi.Clock;
import dev.assay.api.spi.SystemClock;
import dev.assay.server.account.Members;
import dev.assay.server.account.ProjectKeys;
import dev.assay.server.account.Secrets;
import dev.assay.server.project.ProjectList;
import dev.assay.server.project.Projects;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
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
  Secrets secrets() {
    return new Secrets();
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
    return AccountDatabase.of(options.data());
  }

  @Bean
  JdbcClient accounts(AccountDatabase database) {
    return JdbcClient.create(database.source());
  }

  @Bean
  Members members(JdbcClient accounts, PasswordEncoder passwords, Secrets secrets, Clock clock) {
    return new Members(accounts, passwords, secrets, clock);
  }

  @Bean
  ProjectKeys keys(JdbcClient accounts, Secrets secrets, Clock clock) {
    return new ProjectKeys(accounts, secrets, clock);
  }

  @Bean
  ProjectList projectList(JdbcClient accounts, Clock clock) {
    return new ProjectList(accounts, clock);
  }

  @Bean(destroyMethod = "close")
  Projects projects(ProjectList list, ServerOptions options, Clock clock) {
    return Projects.open(list, options, clock);
  }
}
