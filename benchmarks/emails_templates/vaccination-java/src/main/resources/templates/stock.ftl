<p>Hello,</p>
<p>The stock of vaccine ${vaccine.name} at ${center.name} is low: ${quantity} doses left, lot ${lot.number}.</p>
<p>Please place a purchase order with your supplier.</p>
