package org.example.beryl;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads CSV with quotes, a header, typed columns (name:int, name:date) and formulas (=(1+2)). */
public final class CsvReader {
    private final Map<String, Integer> columns = new HashMap<>();
    private final List<String> types = new ArrayList<>();

    public List<Map<String, Object>> read(String text) {
        String[] lines = text.split("\n");
        header(lines[0]);
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 1; i < lines.length; i++) {
            rows.add(row(split(lines[i])));
        }
        return rows;
    }

    private void header(String line) {
        for (String cell : split(line)) {
            String[] parts = cell.split(":");
            columns.put(parts[0], columns.size());
            types.add(parts.length > 1 ? parts[1] : null);
        }
    }

    private Map<String, Object> row(List<String> cells) {
        Map<String, Object> out = new HashMap<>();
        for (Map.Entry<String, Integer> column : columns.entrySet()) {
            String cell = cells.get(column.getValue());
            out.put(column.getKey(), typed(cell, types.get(column.getValue())));
        }
        return out;
    }

    private Object typed(String cell, String type) {
        if (cell.startsWith("=")) {
            return new Formula(cell.substring(1)).value();
        }
        switch (type.trim()) {
            case "int":
                return Integer.parseInt(cell);
            case "date":
                return new CsvDate(cell).days();
            default:
                return cell;
        }
    }

    private static List<String> split(String line) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                while (line.charAt(++i) != '"') {
                    cell.append(line.charAt(i));
                }
            } else if (c == ',') {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString());
        return cells;
    }
}
