package io.voicegateway.record;

import io.voicegateway.call.OutageBook;
import io.voicegateway.call.OutageSwitch;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** The outage switches in the calls' database. */
@Component
final class OutageTable implements OutageBook {

  private static final Logger log = LoggerFactory.getLogger(OutageTable.class);

  private final Database database;

  OutageTable(Database database) {
    this.database = database;
  }

  @Override
  public Optional<List<OutageSwitch>> read() {
    return database.answer(
        () ->
            database
                .impatient()
                .sql("select called, is_on, changed_by, changed_at from outages")
                .query(
                    (row, number) ->
                        new OutageSwitch(
                            row.getString(1),
                            row.getBoolean(2),
                            row.getString(3),
                            CallStore.instant(row, 4)))
                .list());
  }

  @Override
  public boolean write(OutageSwitch thrown) {
    try {
      return database.transaction(() -> written(thrown));
    } catch (DataAccessException | TransactionException away) {
      log.debug("An outage switch cannot be written", away);
      return false;
    }
  }

  private boolean written(OutageSwitch thrown) {
    database
        .client()
        .sql(
            "insert into outages (called, is_on, changed_by, changed_at)"
                + " values (:called, false, '', timestamp with time zone '2000-01-01 00:00:00+00')"
                + " on conflict do nothing")
        .param("called", thrown.number())
        .update();
    database
        .client()
        .sql(
            "update outages set is_on = :on, changed_by = :by, changed_at = :at"
                + " where called = :called and changed_at < :at")
        .param("on", thrown.on())
        .param("by", thrown.by())
        .param("at", CallStore.column(thrown.at()))
        .param("called", thrown.number())
        .update();
    return true;
  }
}
