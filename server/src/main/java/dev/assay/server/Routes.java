package dev.assay.server;

import dev.assay.server.account.Door;
import dev.assay.server.account.ProjectKeys;
import dev.assay.server.api.KeyFilter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/**
 * Who may take which route. Everything is denied that is not granted here; what a member or a key
 * may do in a certain project is asked by {@link dev.assay.server.account.Access}.
 */
@Configuration
class Routes {

  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none';"
          + " frame-ancestors 'self'";

  @Bean
  @Order(1)
  SecurityFilterChain programs(HttpSecurity http, ProjectKeys keys) {
    return http.securityMatcher("/api/**")
        .csrf(csrf -> csrf.disable()) // no cookie is looked at here
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .requestCache(cache -> cache.disable())
        .addFilterBefore(new KeyFilter(keys), AuthorizationFilter.class)
        .exceptionHandling(handling ->
            handling
                .authenticationEntryPoint(KeyFilter::unknown)
                .accessDeniedHandler(KeyFilter::denied))
        .authorizeHttpRequests(
            routes -> routes.requestMatchers("/api/v1/**").authenticated().anyRequest().denyAll())
        .build();
  }

  @Bean
  @Order(2)
  SecurityFilterChain people(HttpSecurity http, Door door) {
    return http.addFilterBefore(door, UsernamePasswordAuthenticationFilter.class)
        .authorizeHttpRequests(routes ->
            routes
                .requestMatchers(
                    "/assets/**",
                    "/health",
                    "/login",
                    "/set-up/*",
                    "/join/*",
                    "/status/*",
                    "/badge/*/*",
                    "/error")
                .permitAll()
                .requestMatchers("/projects/new", "/members", "/members/**", "/audit", "/audit/**")
                .hasAuthority("OWNER")
                .requestMatchers("/", "/projects/**", "/account", "/account/**", "/logout")
                .authenticated()
                .anyRequest()
                .denyAll())
        .formLogin(login ->
            login
                .loginPage("/login")
                .successHandler(in(door, "password"))
                .failureHandler(out(door)))
        .logout(logout ->
            logout
                .addLogoutHandler((request, _, who) -> door.went(request, who))
                .logoutSuccessUrl("/login"))
        .headers(headers ->
            headers
                .contentSecurityPolicy(policy -> policy.policyDirectives(POLICY))
                .frameOptions(frames -> frames.sameOrigin())
                .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER))
                .permissionsPolicyHeader(
                    permissions -> permissions.policy("camera=(), microphone=(), geolocation=()")))
        .exceptionHandling(handling ->
            handling.accessDeniedHandler(
                (_, response, _) -> response.sendError(HttpStatus.FORBIDDEN.value())))
        .build();
  }

  private static AuthenticationSuccessHandler in(Door door, String by) {
    AuthenticationSuccessHandler further = new SavedRequestAwareAuthenticationSuccessHandler();
    return (request, response, who) -> {
      door.cameIn(request, who, by);
      further.onAuthenticationSuccess(request, response, who);
    };
  }

  private static AuthenticationFailureHandler out(Door door) {
    return (request, response, _) -> {
      door.wasRefused(request);
      response.sendRedirect("/login?wrong=yes");
    };
  }
}
