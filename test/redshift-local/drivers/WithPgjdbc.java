import java.math.BigDecimal;
import java.sql.*;
import java.time.*;
import java.util.*;

/** Prints a line for each call of pgjdbc; the URL is its argument. */
public class WithPgjdbc {
  interface Call {
    Object make() throws Exception;
  }

  static void tell(String title, Call call) {
    Object value;
    try {
      value = call.make();
    } catch (SQLException error) {
      value = "SQLException " + error.getSQLState();
    } catch (Exception error) {
      value = error.toString();
    }
    System.out.println(title + ": " + value);
  }

  /** The values of a column. */
  static List<String> values(ResultSet rows, String column) throws SQLException {
    List<String> all = new ArrayList<>();
    while (rows.next()) all.add(rows.getString(column));
    return all;
  }

  static List<String> values(ResultSet rows) throws SQLException {
    return values(rows, rows.getMetaData().getColumnName(1));
  }

  public static void main(String[] words) throws Exception {
    Connection connection = DriverManager.getConnection(words[0], "me", "Secret1");
    Statement statement = connection.createStatement();
    DatabaseMetaData about = connection.getMetaData();
    tell("server", () -> about.getDatabaseProductVersion());
    statement.execute(
        "create table heard (id bigint not null primary key, song varchar(20), day date, at timestamp,"
            + " paid boolean, n decimal(18,4), x float8, seen timestamptz)");
    tell("getTables", () -> values(about.getTables(null, "public", "heard", new String[] {"TABLE"}), "TABLE_NAME"));
    tell("getColumns", () -> values(about.getColumns(null, "public", "heard", "%"), "TYPE_NAME"));
    tell("getPrimaryKeys", () -> values(about.getPrimaryKeys(null, "public", "heard"), "COLUMN_NAME"));
    tell("getIndexInfo", () -> values(about.getIndexInfo(null, "public", "heard", false, true), "INDEX_NAME").size() < 2);
    tell("getImportedKeys", () -> values(about.getImportedKeys(null, "public", "heard"), "FKCOLUMN_NAME"));
    tell("getSchemas", () -> values(about.getSchemas(), "TABLE_SCHEM").contains("public"));
    tell("getTypeInfo", () -> values(about.getTypeInfo(), "TYPE_NAME").contains("int8"));
    tell("getFunctions", () -> values(about.getFunctions(null, null, "dateadd%"), "FUNCTION_NAME").size() >= 0);
    tell("getCatalogs", () -> values(about.getCatalogs(), "TABLE_CAT"));
    PreparedStatement insert = connection.prepareStatement("insert into heard values (?, ?, ?, ?, ?, ?, ?, ?)");
    for (int n = 0; n < 20; n++) {
      insert.setLong(1, n);
      insert.setString(2, "é\\" + n);
      insert.setObject(3, LocalDate.of(2018, 11, 15));
      insert.setObject(4, LocalDateTime.parse("2018-11-15T00:30:26.796"));
      insert.setBoolean(5, n % 2 == 0);
      insert.setBigDecimal(6, new BigDecimal("-1234.5600"));
      insert.setDouble(7, 1.5);
      insert.setObject(8, OffsetDateTime.parse("2018-11-15T00:30:26Z"));
      insert.addBatch();
    }
    tell("batch", () -> insert.executeBatch().length);
    // From its fifth use on a statement is prepared on the server, and its values come in binary.
    PreparedStatement one = connection.prepareStatement("select * from heard where id = ?");
    tell("the same back", () -> {
      Set<String> seen = new LinkedHashSet<>();
      for (int use = 0; use < 9; use++) {
        one.setLong(1, 3);
        ResultSet row = one.executeQuery();
        row.next();
        seen.add(row.getLong(1) + " " + row.getString(2) + " " + row.getObject(3, LocalDate.class) + " "
            + row.getObject(4, LocalDateTime.class) + " " + row.getBoolean(5) + " " + row.getBigDecimal(6) + " "
            + row.getDouble(7) + " " + row.getObject(8, OffsetDateTime.class));
      }
      return seen;
    });
    tell("types of columns", () -> {
      ResultSetMetaData columns = statement.executeQuery("select song, n from heard").getMetaData();
      return columns.getColumnTypeName(1) + columns.getPrecision(1) + " " + columns.getColumnTypeName(2)
          + columns.getPrecision(2) + "." + columns.getScale(2);
    });
    tell("generated keys", () -> statement.executeUpdate("insert into heard (id) values (99)", 1));
    connection.setAutoCommit(false);
    tell("fetch size", () -> {
      Statement part = connection.createStatement();
      part.setFetchSize(3);
      return values(part.executeQuery("select id from heard order by id")).size();
    });
    tell("savepoint", () -> connection.setSavepoint("here"));
    connection.rollback();
    connection.setAutoCommit(true);
    connection.setReadOnly(true);
    connection.setAutoCommit(false);
    tell("read-only", () -> statement.executeUpdate("delete from heard"));
    connection.rollback();
    connection.setAutoCommit(true);
    connection.setReadOnly(false);
    connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
    tell("schema", () -> {
      connection.setSchema("public");
      return connection.getSchema();
    });
    tell("several results", () -> {
      statement.execute("select 1; select 2");
      statement.getMoreResults();
      return values(statement.getResultSet());
    });
    tell("valid", () -> connection.isValid(5));
    Statement long_ = connection.createStatement();
    new Timer(true).schedule(new TimerTask() {
      public void run() {
        try {
          long_.cancel();
        } catch (SQLException ignored) {
        }
      }
    }, 500);
    tell("cancel", () -> long_.executeQuery("select count(*) from heard a, heard b, heard c, heard d, heard e, heard f, heard g, heard h"));
    tell("COPY", () -> statement.execute("copy heard from stdin"));
    statement.execute("drop table heard");
    connection.close();
  }
}
