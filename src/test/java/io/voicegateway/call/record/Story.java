package io.voicegateway.call.record;

import io.voicegateway.call.Rung;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What was heard of a call and what its record must say of it, as written in stories.txt.
 *
 * @param needed the events without which the ending is another
 */
record Story(String name, List<CallEvent> events, List<CallEvent> needed, String ending) {

  static final Instant START = Instant.parse("2026-11-23T12:00:00Z");
  static final String SID = "a";

  static List<Story> all() {
    try (InputStream text = Story.class.getResourceAsStream("/call/stories.txt")) {
      String stories = new String(text.readAllBytes(), StandardCharsets.UTF_8);
      return Arrays.stream(stories.split("\n# ", -1))
          .filter(story -> story.contains("\n= "))
          .map(Story::parse)
          .toList();
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }

  private static Story parse(String text) {
    List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
    List<CallEvent> events = new ArrayList<>();
    List<CallEvent> needed = new ArrayList<>();
    String called = text.contains(" called\n") ? "outbound" : "inbound";
    events.add(
        new CallEvent.Received(
            SID, START, "+15550002000", "+15550001000", called, "voice-agent", 600));
    needed.addAll(events);
    String ending = "";
    for (String line : lines.subList(1, lines.size())) {
      if (line.startsWith("= ")) {
        ending = line.substring(2);
      } else if (!line.endsWith(" called")) {
        CallEvent event = event(line.substring(2).strip().split("\\s+"), events.size());
        events.add(event);
        if (line.startsWith("!")) {
          needed.add(event);
        }
      }
    }
    return new Story(lines.get(0), events, needed, ending);
  }

  /** Words after the time: what happened, then what is particular to it. */
  private static CallEvent event(String[] line, int number) {
    Instant at = START.plus(Duration.ofMillis(Math.round(Double.parseDouble(line[0]) * 1000)));
    Words words = new Words(line);
    return switch (line[1]) {
      case "registered" -> new CallEvent.Registered(SID, at, 5);
      case "unregistered" -> new CallEvent.NotRegistered(SID, at, "LiveKit CreateRoom: HTTP 503");
      case "answered" -> new CallEvent.Answered(SID, at, line[2], dials(line[2]), 12);
      case "far" -> leg(at, line[2], line[3], line[4], words);
      case "near" -> leg(at, SID, line[2], line[3], words);
      case "ended" ->
          new CallEvent.DialEnded(
              SID,
              at,
              line[2],
              line[3],
              line[4],
              Integer.parseInt(line[5]),
              words.after("caller", ""),
              words.after("by", null),
              words.after("next", ""),
              dials(words.after("next", "")));
      case "agent" ->
          inRoom(at, number, RoomEvent.valueOf("AGENT_" + upper(line[3])), line[2], words);
      case "phone" ->
          inRoom(at, number, RoomEvent.valueOf("PHONE_" + upper(line[2])), "sip", words);
      case "room" -> inRoom(at, number, RoomEvent.ROOM_ENDED, "", words);
      case "looked" -> new CallEvent.Looked(SID, at, Finding.valueOf(line[2]));
      case "rescued" -> new CallEvent.Rescued(SID, at, "backup", "nobody could be heard");
      case "alone" -> new CallEvent.LeftAlone(SID, at);
      case "handed" ->
          new CallEvent.TransferBegun(
              SID,
              at,
              line[2],
              words.after("leg", null) == null ? "HTTP" : "REFER",
              words.after("leg", null));
      case "refused" -> new CallEvent.TransferRefused(SID, at, line[2], "It is not allowed.");
      case "referred" ->
          new CallEvent.Referred(
              SID, at, line[2], Integer.parseInt(line[3]), Integer.parseInt(line[4]));
      case "hung-up" -> new CallEvent.HungUp(SID, at);
      case "lost" -> new CallEvent.Lost(SID, at);
      default -> throw new IllegalArgumentException(String.join(" ", line));
    };
  }

  private static CallEvent leg(Instant at, String sid, String status, String sip, Words words) {
    String seconds = words.after("seconds", "");
    return new CallEvent.Leg(
        SID,
        at,
        sid,
        !sid.equals(SID),
        status,
        Integer.parseInt(sip),
        words.after("by", null),
        seconds.isEmpty() ? null : Integer.valueOf(seconds));
  }

  private static CallEvent inRoom(
      Instant at, int number, RoomEvent what, String identity, Words words) {
    return new CallEvent.InRoom(SID, at, "EV_" + number, what, identity, words.reason());
  }

  private static boolean dials(String rung) {
    return Rung.isToAgent(rung) || rung.startsWith("dial:") || rung.startsWith(Rung.TRANSFER);
  }

  private static String upper(String word) {
    return word.toUpperCase(java.util.Locale.ROOT);
  }

  /** The events but one. */
  List<CallEvent> without(CallEvent missing) {
    return events.stream().filter(event -> event != missing).toList();
  }

  Stream<CallEvent> dispensable() {
    return events.stream().filter(event -> needed.stream().noneMatch(one -> one == event));
  }

  @Override
  public String toString() {
    return name;
  }

  /** A line's words, found by the one before them. */
  private record Words(String[] line) {
    String after(String word, String otherwise) {
      int place = Arrays.asList(line).indexOf(word);
      return place < 0 ? otherwise : line[place + 1];
    }

    String reason() {
      String last = line[line.length - 1];
      return last.equals(upper(last)) ? last : "";
    }
  }
}
