package io.voicegateway.routes;

/** Routes that cannot be served; the message says where and why, for the operator. */
public final class InvalidRoutes extends RuntimeException {

  private final Place place;
  private final String problem;
  private final String excerpt;

  InvalidRoutes(Place place, String problem) {
    this(place, problem, "");
  }

  private InvalidRoutes(Place place, String problem, String excerpt) {
    super(inOneLine(place, problem) + (excerpt.isEmpty() ? "" : "\n" + excerpt));
    this.place = place;
    this.problem = problem;
    this.excerpt = excerpt;
  }

  private static String inOneLine(Place place, String problem) {
    return place.file().isEmpty() ? problem : place + ": " + problem;
  }

  /** Where and what, without the excerpt. */
  String inOneLine() {
    return inOneLine(place, problem);
  }

  /** The same with the line in question and a caret below it. */
  InvalidRoutes shownIn(RouteFiles files) {
    return new InvalidRoutes(place, problem, files.excerpt(place));
  }

  Place place() {
    return place;
  }

  String problem() {
    return problem;
  }

  String excerpt() {
    return excerpt;
  }
}
