package io.voicegateway.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.voicegateway.console.GatewayClient.Answer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What happens to calls, look by look. One that came and went between two looks is found among the
 * newest. A call that is over is asked for by its id some looks later, when its cause is certain.
 */
final class FollowedCalls {

  private static final Set<String> OVER = Set.of("ended", "failed");
  private static final int LARGEST_PAGE = 500;
  private static final int MOST_PAGES = 20;
  private static final int MOST_REMEMBERED = 20_000;

  /** The cause of an end is certain after 4 s, and a look is taken every second. */
  private static final int LOOKS_TO_SETTLE = 5;

  private final CallQuestions gateway;
  private final String state;
  private final int limit;
  private final Consumer<JsonNode> out;

  /** The states in which calls that are under way were last seen, by their ids. */
  private final Map<String, String> underWay = new HashMap<>();

  /** Calls that are over and were seen. */
  private final Set<String> over =
      Collections.newSetFromMap(
          new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> oldest) {
              return size() > MOST_REMEMBERED;
            }
          });

  /** Calls that are no longer under way, and the looks at which that was seen. */
  private final Map<String, Integer> ending = new LinkedHashMap<>();

  private int looks;
  private boolean begun;

  /** The gateway did not answer as it should. */
  static final class Unanswered extends Exception {

    private final transient Answer answer;

    Unanswered(Answer answer) {
      super(answer.problem());
      this.answer = answer;
    }

    Answer answer() {
      return answer;
    }
  }

  /**
   * Nothing is looked at yet.
   *
   * @param state ended or failed to show such ends alone; active, or all, which begins with calls
   *     that are over already
   * @param limit how many of the newest calls are looked at each time, and more when all are new
   * @param out takes each call whose state is new
   */
  FollowedCalls(CallQuestions gateway, String state, int limit, Consumer<JsonNode> out) {
    this.gateway = gateway;
    this.state = state;
    this.limit = limit;
    this.out = out;
  }

  /**
   * Looks, and shows what is new, the call that began first before the others.
   *
   * @throws Unanswered when the gateway does not answer; the next look makes up for it
   */
  void look() throws Unanswered, InterruptedException {
    looks++;
    List<JsonNode> news = pages("active", LARGEST_PAGE, page -> false);
    noteGone(news.stream().map(FollowedCalls::id).collect(Collectors.toSet()));
    List<JsonNode> unknown = unknownEnds();
    if (begun) {
      unknown.forEach(call -> ending.put(id(call), looks));
    } else {
      news.addAll(unknown);
    }
    news.addAll(settledEnds());
    news.sort(Comparator.comparing(call -> Instant.parse(call.path("started_at").asText())));
    news.forEach(this::see);
    begun = true;
  }

  private void noteGone(Set<String> active) {
    underWay.keySet().stream()
        .filter(id -> !active.contains(id))
        .forEach(id -> ending.putIfAbsent(id, looks));
  }

  /** Calls that are over and were never seen. */
  private List<JsonNode> unknownEnds() throws Unanswered, InterruptedException {
    return pages("all", limit, page -> !begun || page.stream().anyMatch(this::isKnown)).stream()
        .filter(call -> isOver(call) && !isKnown(call))
        .toList();
  }

  private List<JsonNode> settledEnds() throws Unanswered, InterruptedException {
    List<String> settled =
        ending.entrySet().stream()
            .filter(end -> looks - end.getValue() >= LOOKS_TO_SETTLE)
            .map(Map.Entry::getKey)
            .toList();
    List<JsonNode> calls = new ArrayList<>();
    for (String id : settled) {
      Answer answer = gateway.call(id);
      if (!answer.isNotFound()) {
        calls.add(body(answer));
      }
    }
    ending.keySet().removeAll(settled);
    underWay.keySet().removeAll(settled);
    return calls;
  }

  private void see(JsonNode call) {
    boolean isNew;
    if (isOver(call)) {
      isNew = over.add(id(call)) && (begun || !state.equals("active"));
    } else {
      isNew = !over.contains(id(call)) && !state(call).equals(underWay.put(id(call), state(call)));
    }
    if (isNew && (!OVER.contains(state) || state.equals(state(call)))) {
      out.accept(call);
    }
  }

  private boolean isKnown(JsonNode call) {
    String id = id(call);
    return underWay.containsKey(id) || over.contains(id) || ending.containsKey(id);
  }

  private List<JsonNode> pages(String which, int size, Predicate<List<JsonNode>> enough)
      throws Unanswered, InterruptedException {
    List<JsonNode> all = new ArrayList<>();
    String next = "";
    for (int i = 0; i < MOST_PAGES; i++) {
      JsonNode page = body(gateway.page(which, size, next));
      List<JsonNode> calls = new ArrayList<>();
      page.path("calls").forEach(calls::add);
      all.addAll(calls);
      next = page.path("next").asText("");
      if (next.isEmpty() || enough.test(calls)) {
        break;
      }
    }
    return all;
  }

  private static JsonNode body(Answer answer) throws Unanswered {
    if (!answer.isOk()) {
      throw new Unanswered(answer);
    }
    return answer.body();
  }

  private static boolean isOver(JsonNode call) {
    return OVER.contains(state(call));
  }

  private static String id(JsonNode call) {
    return call.path("call_sid").asText();
  }

  private static String state(JsonNode call) {
    return call.path("state").asText();
  }
}
