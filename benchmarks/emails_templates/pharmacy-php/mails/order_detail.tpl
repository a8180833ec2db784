<p>Bonjour {$customer.firstname},</p>
<p>Votre pharmacien a préparé votre traitement :</p>
<ul>
{foreach from=$order.lines item=line}
<li>{$line.medicament} : {$line.posologie}</li>
{/foreach}
</ul>
