<p>Bonjour {$customer.firstname},</p>
<p>Votre commande {$order.reference} est prête à la pharmacie {$shop.name}. Venez la retirer avant le {$order.expiry|date_format:"%d/%m/%Y"}.</p>
