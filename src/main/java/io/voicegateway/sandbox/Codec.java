package io.voicegateway.sandbox;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The two forms of a Twirp message. */
enum Codec {
  PROTOBUF("application/protobuf") {
    @Override
    Message read(Message prototype, byte[] body) throws InvalidProtocolBufferException {
      return prototype.getParserForType().parseFrom(body);
    }

    @Override
    ByteString write(Message message) {
      return message.toByteString();
    }
  },

  JSON("application/json") {
    @Override
    Message read(Message prototype, byte[] body) throws InvalidProtocolBufferException {
      Message.Builder builder = prototype.newBuilderForType();
      JsonFormat.parser()
          .ignoringUnknownFields()
          .merge(new String(body, StandardCharsets.UTF_8), builder);
      return builder.build();
    }

    @Override
    ByteString write(Message message) throws InvalidProtocolBufferException {
      return ByteString.copyFromUtf8(
          JsonFormat.printer()
              .preservingProtoFieldNames()
              .alwaysPrintFieldsWithNoPresence()
              .omittingInsignificantWhitespace()
              .print(message));
    }
  };

  private final String contentType;

  Codec(String contentType) {
    this.contentType = contentType;
  }

  abstract Message read(Message prototype, byte[] body) throws InvalidProtocolBufferException;

  abstract ByteString write(Message message) throws InvalidProtocolBufferException;

  String contentType() {
    return contentType;
  }

  static Optional<Codec> of(@Nullable String contentType) {
    String type = contentType == null ? "" : contentType.split(";", 2)[0].strip();
    return Optional.ofNullable(
        type.equals(PROTOBUF.contentType) ? PROTOBUF : type.equals(JSON.contentType) ? JSON : null);
  }
}
