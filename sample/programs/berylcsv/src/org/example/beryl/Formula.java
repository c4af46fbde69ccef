package org.example.beryl;

/** Evaluates sums, quotients and brackets over whole numbers. */
final class Formula {
    private final String text;
    private int at;

    Formula(String text) {
        this.text = text;
    }

    int value() {
        int left = atom();
        while (at < text.length() && (peek() == '+' || peek() == '/')) {
            char operator = text.charAt(at++);
            int right = atom();
            left = operator == '+' ? left + right : left / right;
        }
        return left;
    }

    private int atom() {
        if (peek() == '(') {
            at++;
            int inner = value();
            at++;
            return inner;
        }
        int from = at;
        while (at < text.length() && Character.isDigit(peek())) {
            at++;
        }
        return Integer.parseInt(text.substring(from, at));
    }

    private char peek() {
        return text.charAt(at);
    }
}
