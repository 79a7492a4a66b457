package io.voicegateway.routes;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.camel.NoSuchBeanException;
import org.apache.camel.NoSuchEndpointException;
import org.apache.camel.component.bean.MethodNotFoundException;
import org.apache.camel.language.simple.types.SimpleIllegalSyntaxException;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** Says of a failure to load routes what is wrong and where it stands. */
final class RouteFault {

  private static final Pattern FILE = Pattern.compile("file:([^\\s,]+\\.camel\\.yaml)");
  private static final Pattern ROUTE = Pattern.compile("route: ([\\w-]+)");
  private static final Pattern SETTING = Pattern.compile("Property with key \\[(.+?)]");
  private static final Pattern DOUBLE =
      Pattern.compile("(?i)duplicate (?:\\w+ )?id detected:? ([\\w-]+)");

  private final RouteFiles files;
  private final List<Throwable> causes = new ArrayList<>();

  private RouteFault(RouteFiles files, Throwable failure) {
    this.files = files;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      causes.add(cause);
    }
  }

  /** What Camel says is wrong with those files. */
  static InvalidRoutes explain(RouteFiles files, Throwable failure) {
    InvalidRoutes invalid =
        failure instanceof InvalidRoutes known ? known : new RouteFault(files, failure).explain();
    return invalid.shownIn(files);
  }

  private InvalidRoutes explain() {
    for (Throwable cause : causes) {
      if (cause instanceof MarkedYamlEngineException yaml) {
        return new InvalidRoutes(place(yaml), yaml.getProblem());
      }
      if (cause instanceof NoSuchBeanException bean) {
        return named(bean.getName(), "there is no bean " + bean.getName());
      }
      if (cause instanceof MethodNotFoundException method) {
        return named(
            method.getMethodName(),
            "a %s has no method %s"
                .formatted(method.getBean().getClass().getSimpleName(), method.getMethodName()));
      }
      if (cause instanceof NoSuchEndpointException endpoint) {
        String uri = endpoint.getUri().replace("://", ":").replaceFirst("\\?.*", "");
        return named(uri, "nothing is known by the name of " + uri);
      }
      if (cause instanceof SimpleIllegalSyntaxException syntax) {
        return expression(syntax);
      }
      if (cause instanceof ClassNotFoundException type) {
        String name = String.valueOf(type.getMessage());
        return named(name, "there is no class " + name);
      }
    }
    return said(SETTING)
        .map(key -> named(key, "there is no setting " + key))
        .or(
            () ->
                said(DOUBLE).map(id -> named("id: " + id, "two routes or steps have the id " + id)))
        .orElseGet(this::other);
  }

  /** Its first line says what is wrong, the second is the expression. */
  private InvalidRoutes expression(SimpleIllegalSyntaxException syntax) {
    List<String> lines = String.valueOf(syntax.getMessage()).lines().toList();
    return new InvalidRoutes(
        files.last(lines.size() > 1 ? lines.get(1) : ""), syntax.getShortMessage());
  }

  private InvalidRoutes other() {
    String last = causes.get(causes.size() - 1).getMessage();
    return new InvalidRoutes(
        said(ROUTE).map(id -> files.last("id: " + id)).orElse(Place.NONE),
        last == null ? causes.get(0).toString() : last.strip());
  }

  private InvalidRoutes named(String name, String problem) {
    return new InvalidRoutes(files.last(name), problem);
  }

  private Place place(MarkedYamlEngineException yaml) {
    String file = said(FILE).orElse("");
    return yaml.getProblemMark()
        .map((Mark mark) -> new Place(file, mark.getLine() + 1, mark.getColumn() + 1))
        .orElse(new Place(file, 0, 0));
  }

  private Optional<String> said(Pattern pattern) {
    return causes.stream()
        .map(Throwable::getMessage)
        .filter(message -> message != null)
        .flatMap(message -> pattern.matcher(message).results())
        .map((MatchResult found) -> found.group(1))
        .findFirst();
  }
}
