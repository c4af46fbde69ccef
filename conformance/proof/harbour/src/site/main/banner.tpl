<title>{{title}}</title>
<pre>{{mark*times}}
{{title}}
{{mark*times}}</pre>
