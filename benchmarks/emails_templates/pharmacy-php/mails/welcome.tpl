<p>Bonjour {$customer.firstname} {$customer.lastname},</p>
<p>Votre compte client est créé. {include file="footer.tpl"}</p>
