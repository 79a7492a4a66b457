package io.voicegateway.jambonz;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What Jambonz is told to do. Only properties that feature-server 0.9 knows: one unknown property
 * or null makes it refuse the whole answer and send the caller a 480.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder("verb")
sealed interface Verb {

  /** The verb's name in Jambonz's JSON. */
  @JsonProperty("verb")
  String verb();

  /** For a leg that is not answered yet: it is refused. */
  static List<Verb> declined(int status) {
    return List.of(new Decline(status), new Hangup());
  }

  /**
   * Call somebody and join him to the caller.
   *
   * @param timeout how long it may ring, in seconds
   * @param timeLimit how long the talk may last, in seconds
   * @param tag of the leg that is called
   * @param forwardPAI false to keep an anonymous caller's number from the far end
   */
  @JsonPropertyOrder("verb")
  record Dial(
      boolean answerOnBridge,
      @Nullable String dialMusic,
      @Nullable String callerId,
      int timeout,
      int timeLimit,
      @Nullable Boolean forwardPAI,
      @Nullable Map<String, String> headers,
      String actionHook,
      @Nullable String referHook,
      List<Target> target,
      @Nullable LegTag tag)
      implements Verb {
    @Override
    public String verb() {
      return "dial";
    }

    /**
     * Every dial is anchored, as another may follow: after one that is not, the person of an
     * anchored dial that answers with the bridge hears nothing (seen on a real Jambonz).
     */
    @JsonProperty
    boolean anchorMedia() {
      return true;
    }
  }

  /**
   * Ask the caller's carrier to connect him to somebody else. When it does not, the next verb runs.
   *
   * @param referTo a telephone number, which Jambonz gives the carrier's host, or a SIP address
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Refer(String referTo, @Nullable String referredBy, String actionHook) implements Verb {
    @Override
    public String verb() {
      return "sip:refer";
    }
  }

  /** Whom to call: {@code sip} with an address, or {@code phone} with a number. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Target(
      String type, @Nullable String sipUri, @Nullable String number, @Nullable Auth auth) {

    static Target sip(String uri, @Nullable Auth auth) {
      return new Target("sip", uri, null, auth);
    }

    static Target phone(String number) {
      return new Target("phone", null, number, null);
    }
  }

  /** The answer to a digest challenge. */
  record Auth(String username, String password) {}

  /** A sound file; as early media the call stays unanswered. */
  record Play(String url, @Nullable Boolean earlyMedia) implements Verb {
    @Override
    public String verb() {
      return "play";
    }
  }

  /** Data that Jambonz sends back with every later hook of the leg. */
  record Tag(LegTag data) implements Verb {
    @Override
    public String verb() {
      return "tag";
    }
  }

  /** Ask again what to do; the answer takes the place of what follows. */
  record Redirect(String actionHook) implements Verb {
    @Override
    public String verb() {
      return "redirect";
    }
  }

  /**
   * Join a conference, which begins with whoever comes first. There is no limit to the wait in it
   * (seen on a real Jambonz).
   *
   * @param statusEvents of which events the status hook is told: join, leave, start, end
   */
  record Conference(
      String name,
      boolean endConferenceOnExit,
      @Nullable List<String> statusEvents,
      @Nullable String statusHook,
      @Nullable String actionHook)
      implements Verb {
    @Override
    public String verb() {
      return "conference";
    }
  }

  /** A sentence by the account's speech vendor; skipped silently where there is none. */
  record Say(String text) implements Verb {
    @Override
    public String verb() {
      return "say";
    }
  }

  /** Silence, in seconds. */
  record Pause(double length) implements Verb {
    @Override
    public String verb() {
      return "pause";
    }
  }

  /** One that an operator wrote. */
  record Own(@JsonValue JsonNode json) implements Verb {
    @Override
    public String verb() {
      return json.path("verb").asText();
    }
  }

  /** Refuse an unanswered call; skipped on an answered one. */
  record Decline(int status) implements Verb {
    @Override
    public String verb() {
      return "sip:decline";
    }
  }

  /** End an answered call; an unanswered one is left for Jambonz to end with 603. */
  record Hangup() implements Verb {
    @Override
    public String verb() {
      return "hangup";
    }
  }
}
