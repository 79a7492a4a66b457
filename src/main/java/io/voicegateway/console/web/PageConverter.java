package io.voicegateway.console.web;

import gg.jte.models.runtime.JteModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.stereotype.Component;

/** Answers with a page what a controller returns. */
@Component
final class PageConverter extends AbstractHttpMessageConverter<JteModel> {

  PageConverter() {
    super(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8));
  }

  @Override
  protected boolean supports(Class<?> type) {
    return JteModel.class.isAssignableFrom(type);
  }

  @Override
  public boolean canRead(Class<?> type, MediaType mediaType) {
    return false;
  }

  @Override
  protected JteModel readInternal(Class<? extends JteModel> type, HttpInputMessage message) {
    throw new HttpMessageNotReadableException("Pages are only written", message);
  }

  @Override
  protected void writeInternal(JteModel page, HttpOutputMessage message) throws IOException {
    message.getBody().write(page.render().getBytes(StandardCharsets.UTF_8));
  }
}
